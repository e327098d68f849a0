/** The shape of one entry in pins.ts. */

export type Toolchain = 'go' | 'apt' | 'java' | 'sh'

export type Pin = {
  readonly name: string
  /** The exact version; for what comes from sid, the one last seen: sid rolls, and the version found is recorded. */
  readonly version: string
  readonly needs: readonly Toolchain[]
  readonly source: Source
  readonly purpose: string
  /** Arguments with which the program exits 0 at once. A peer is only ready when that worked. */
  readonly probe?: readonly string[]
}

export type PinOf<S extends Source> = Pin & { readonly source: S }

export type Source = GoSource | DebSource | MavenSource | ScriptSource

/** A main package of one of the modules under go/, whose go.mod and go.sum are the real pin. */
export type GoSource = {
  readonly kind: 'go'
  /** Folder under go/. All peers of a folder are built by one command. */
  readonly module: string
  readonly package: string
  /** The module whose version in go.mod must be ours; none for a program that is only ours. */
  readonly of?: string
  readonly tags?: readonly string[]
}

/** A Debian package, unpacked into a folder of its own; nothing is installed. */
export type DebSource = {
  readonly kind: 'deb'
  readonly suite: 'bookworm' | 'trixie' | 'sid'
  readonly package: string
  readonly path: string
  /**
   * Packages whose names start so are unpacked too, out of what the package depends on, and the program then runs
   * under their loader instead of the system's. Prefixes, because a library's soname is part of its package's name.
   */
  readonly libraries?: readonly string[]
  /** Put before the caller's arguments; {etc} is the peers' own folder of configuration. */
  readonly arguments?: readonly string[]
}

/** A jar; with its dependencies it goes into the one class path of all Java peers. */
export type MavenSource = {
  readonly kind: 'maven'
  readonly group: string
  readonly artifact: string
  /** The class that a wrapper script starts; without one, the peer is its jar. */
  readonly main?: string
}

/** A script of this folder. */
export type ScriptSource = { readonly kind: 'script'; readonly file: string }
