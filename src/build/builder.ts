/**
 * What a builder is, and the three values it trades in: a recipe goes in, content goes into a target, a record comes out.
 * A recipe is plain data in the words a user writes; its texts (owner, mode, ports) are judged in `check.ts`, all together.
 * What does not belong here: how an image is made (builders/), naming it (the builder never tags: the tag comes last, by the caller).
 */
import type { Call } from '../kit/call.ts'
import type { Descriptor } from '../registry/oci/descriptor.ts'
import type { Digest } from '../registry/oci/digest.ts'
import type { Platform } from '../registry/oci/platform.ts'
import type { Source, Target } from '../registry/target/target.ts'

export interface Builder {
  readonly name: string
  readonly summary: string
  /** Stores a whole image in the target and says what it made. The same recipe gives the same bytes. */
  build(recipe: Recipe, into: Target, call: Call): Promise<Built>
}

export interface Recipe {
  /** The directory everything is taken from; nothing from outside it gets in. */
  readonly context: string
  /** Paths (absolute, or relative to the context) that never get in: the layout that is being written, for one. */
  readonly exclude?: readonly string[]
  /** Default: the whole context to the working directory, as `COPY . .` does. `[]` adds no layer. */
  readonly layers?: readonly LayerRecipe[]
  /** Default: nothing (scratch). */
  readonly base?: Base
  /** One gives an image, several give an index. Default: that of a base with one platform, else linux/amd64 on every machine. */
  readonly platforms?: readonly Platform[]
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly user?: string
  readonly workdir?: string
  /** `8080`, `8080/tcp`, `53/udp`, `8000-8010`. */
  readonly ports?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly stopSignal?: string
  /** On every manifest and on the index: source, revision, version … `created` and those of the base are added. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Every time stamp in the image (SOURCE_DATE_EPOCH). Default: 1970-01-01, so that the same input gives the same digest. */
  readonly created?: Date
}

export interface LayerRecipe {
  /**
   * Paths or patterns (`*`, `?`, `[a-z]`, `**`) inside the context. `{os}`, `{arch}`, `{variant}` and `{platform}` (`linux-amd64`)
   * stand for the platform that is built. Of a directory the contents are taken, of a pattern what matches, under its name.
   */
  readonly from: string | readonly string[]
  /** Absolute. A file gets this very name unless it ends with a slash; several need the slash. Default: the working directory. */
  readonly to?: string
  /** `uid` or `uid:gid`, numbers. Default `0:0`. */
  readonly owner?: string
  /** Octal, for files; directories get the same with `x` for every `r`. Default: 0755 for what its owner may execute, else 0644. */
  readonly mode?: string
}

export interface Base {
  readonly source: Source
  /** An image or an index. */
  readonly descriptor: Descriptor
  /** How the image is annotated with it, e.g. `docker.io/library/alpine:3.22`. */
  readonly name?: string
}

export interface Built {
  /** The index, or the image when there is one platform. Not tagged yet. */
  readonly root: Descriptor
  readonly images: readonly BuiltImage[]
  readonly base?: { readonly digest: Digest; readonly name?: string }
  /** Regular files in all layers that were made. */
  readonly files: number
  /** Paths in the context that the ignore rules or `exclude` left out; of a directory only its own name. Sorted. */
  readonly ignored: readonly string[]
  /** `.ferryignore` or `.dockerignore`, when there is one. */
  readonly ignoreFile?: string
  /** Files that got in and look like a private key or like credentials. Sorted. */
  readonly suspicious: readonly string[]
}

export interface BuiltImage {
  readonly platform: Platform
  readonly descriptor: Descriptor
  /** The layers that were made, without those of the base. */
  readonly layers: readonly BuiltLayer[]
}

export interface BuiltLayer {
  readonly descriptor: Descriptor
  /** Digest of the uncompressed tar. */
  readonly diffId: Digest
  /** Bytes of the uncompressed tar. */
  readonly unpacked: number
  /** Regular files. */
  readonly files: number
}
