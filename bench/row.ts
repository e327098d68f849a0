/** What a row of the table is: how each contestant does the same work, and the proof that it was done. */
export interface Command {
  readonly words: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
}

export interface Contestant {
  /** `ferry`, or the name of a peer. */
  readonly name: string
  /** Before the clock starts. */
  prepare?(): Promise<void>
  start(): Command
  /** After the clock stopped; throws when the work was not done. */
  check?(): Promise<void>
}

export interface Row {
  readonly name: string
  /** What is compared, and what the contestants do differently when they do. */
  readonly about: string
  /** Runs of each contestant. */
  readonly runs: number
  /** Everyone who takes part in one run; each does the whole work. */
  contestants(world: World, run: number): Promise<readonly Contestant[]>
}

export interface Peer {
  readonly bin: string
  readonly version: string
}

export interface World {
  readonly directory: string
  /** host:port of the registry (distribution 3) with the images that rows copy. */
  readonly source: string
  /** A registry that has nothing yet, for one contestant of one run. @returns its host:port */
  empty(): Promise<string>
  readonly peers: Readonly<Record<'skopeo' | 'crane', Peer>>
  /** Digest of a tag, or undefined; asked of the registry itself. */
  digest(host: string, repository: string, tag: string): Promise<string | undefined>
}
