/** The end of every copy: the name is given, and the target is asked what it has now. */
import { type Call, pause, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import type { Tag } from '../oci/reference.ts'
import { isRemote } from '../target/remote/remote.ts'
import type { Target } from '../target/target.ts'

/** Replicas may lag behind; together under 5 s. Milliseconds. */
const PAUSES = [0, 150, 300, 600, 1200, 2400]

/** @param before what the tag named until now */
export async function nameAndReadBack(target: Target, root: Descriptor, tag: Tag, before: Digest | undefined, call: Call): Promise<void> {
  throwIfStopped(call)
  await (before === undefined && isRemote(target) ? target.claim(root, tag, call) : target.tag(root, tag, call))
  let found: Digest | undefined
  for (const milliseconds of PAUSES) {
    if (milliseconds > 0) await pause(milliseconds, call)
    found = (await target.resolve(tag, call))?.digest
    if (found === root.digest) return
    if (found !== undefined && found !== before) break
  }
  if (found !== undefined && found !== before) {
    throw new Failure('TAG_TAKEN', `cannot keep the tag ${tag} in ${target.name}`, {
      cause: `it was written for ${root.digest}, and another writer has moved it to ${found} since`,
      hint: 'Find out who else writes this tag. Nothing was undone.',
      facts: { wanted: root.digest, found },
    })
  }
  throw new Failure('PROTOCOL_ERROR', `cannot confirm the tag ${tag} in ${target.name}`, {
    cause: `it was written for ${root.digest}, but still names ${found ?? 'nothing'}`,
    hint: 'The registry accepted the tag and does not show it. Look again in a while; run the same command again.',
    facts: { wanted: root.digest, found: found ?? '' },
  })
}

/** Without a tag: the root itself must be there. */
export async function readBack(target: Target, root: Descriptor, call: Call): Promise<void> {
  for (const milliseconds of PAUSES) {
    if (milliseconds > 0) await pause(milliseconds, call)
    if ((await target.resolve(root.digest, call))?.digest === root.digest) return
  }
  throw new Failure('PROTOCOL_ERROR', `cannot confirm ${root.digest} in ${target.name}`, {
    cause: 'it was stored there, and is not found',
    hint: 'The registry accepted the image and does not show it. Run the same command again in a while.',
    facts: { digest: root.digest },
  })
}
