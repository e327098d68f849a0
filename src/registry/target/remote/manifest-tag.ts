/**
 * Giving manifests their names. Within a run the bytes are at hand, so a name is one request; a manifest that nobody needs before
 * it has its name is stored by that request too.
 * What does not belong here: storing by digest, and what a registry's refusal means (manifest-push.ts).
 */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf } from '../../oci/digest.ts'
import { type Manifest, parseManifest } from '../../oci/manifest.ts'
import type { Tag } from '../../oci/reference.ts'
import type { KnownManifest } from './manifest-cache.ts'
import { putManifest } from './manifest-push.ts'
import { readManifest, resolveManifest } from './manifest-read.ts'
import type { RepositoryState } from './repository-state.ts'

/** RFC 9110 §13.1.2: only when there is nothing of that name. Registries that do not know it pass over it. */
const ONLY_NEW = { 'if-none-match': '*' }

/**
 * Keeps the bytes for the name that follows. Everything below the manifest is there.
 * @returns false for what has to be stored by its digest: a registry names by sha256 what it gets by tag, and lists by digest what has a subject
 */
export function holdManifest(state: RepositoryState, { descriptor, bytes, subject }: Manifest): boolean {
  if (subject !== undefined || algorithmOf(descriptor.digest) !== 'sha256') return false
  state.held.set(descriptor.digest, { descriptor, bytes })
  return true
}

/** Gives a manifest a name. Its bytes come from this run's memory, or are read once. */
export async function tagManifest(state: RepositoryState, descriptor: Descriptor, tag: Tag, call: Call): Promise<void> {
  await put(state, tag, await bytesOf(state, descriptor, tag, call), call)
}

/**
 * The same for a name that was free a moment ago. A registry that knows conditions decides between two writers; with any other,
 * whoever calls has to read back.
 * @throws Failure TAG_TAKEN with `found`, the digest that was faster
 */
export async function claimTag(state: RepositoryState, descriptor: Descriptor, tag: Tag, call: Call): Promise<void> {
  const known = await bytesOf(state, descriptor, tag, call)
  if (await put(state, tag, known, call, ONLY_NEW)) return
  const found = (await resolveManifest(state, tag, call))?.digest
  // Ours: the answer to the first try was lost on its way.
  if (found === descriptor.digest) return
  // Refused although there is nothing: it takes the condition for something else.
  if (found === undefined) return void (await put(state, tag, known, call))
  throw new Failure('TAG_TAKEN', `cannot tag ${descriptor.digest} as ${tag} in ${state.name}`, {
    cause: `another writer was faster: it names ${found}`,
    hint: 'Find out who else writes this tag. Nothing was overwritten.',
    facts: { wanted: descriptor.digest, found },
  })
}

async function bytesOf(state: RepositoryState, { digest }: Descriptor, tag: Tag, call: Call): Promise<KnownManifest> {
  const known = state.held.get(digest) ?? (await readManifest(state, digest, call))
  if (known) return known
  throw new Failure('CONTENT_MISSING', `${digest} is not in ${state.name}, so it cannot be tagged ${tag}`, { facts: { digest } })
}

async function put(state: RepositoryState, tag: Tag, known: KnownManifest, call: Call, condition?: Readonly<Record<string, string>>): Promise<boolean> {
  throwIfStopped(call)
  const manifest = parseManifest(known.bytes, known.descriptor.mediaType)
  const written = await putManifest(state, tag, known, manifest, call, condition)
  if (written) state.held.delete(known.descriptor.digest)
  return written
}
