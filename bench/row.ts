/** What a row of the table is: how each contestant does the same work, and the proof that it was done. */
export interface Contestant {
  /** `ferry`, or the name of a peer. */
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
}

export interface Row {
  readonly name: string
  /** What is compared, and what the contestants do differently when they do. */
  readonly about: string
  /** Runs of each contestant. */
  readonly runs: number
  /** What one run is given: fresh targets, so that every run does the whole work. */
  contestants(world: World, run: number): Promise<readonly Contestant[]>
  /** Throws when a contestant did not do the work of this run. */
  check(world: World, run: number, contestant: string): Promise<void>
}

export interface Peer {
  readonly bin: string
  readonly version: string
}

export interface World {
  readonly directory: string
  /** host:port of two registries (distribution 3), the first with the images that rows copy. */
  readonly source: string
  readonly target: string
  readonly peers: Readonly<Record<'skopeo' | 'crane', Peer>>
  /** Digest of a tag, or undefined; asked of the registry itself. */
  digest(host: string, repository: string, tag: string): Promise<string | undefined>
}
