/** One of everything our client does, through a recorder: two repositories of one registry, a second registry, memory, a layout on disk. */

import { pushArtifact } from '../../src/entry/library/push-artifact.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { verifyImage } from '../../src/evidence/trust/verify.ts'
import { freeCall } from '../../src/kit/call.ts'
import { applyPromotion, planPromotion, surveyPromotion } from '../../src/lifecycle/promote.ts'
import { createTagScheme } from '../../src/lifecycle/tags/create-scheme.ts'
import { check } from '../../src/registry/copy/check.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import { listReferrers } from '../../src/registry/copy/referrers.ts'
import { resolveImage } from '../../src/registry/copy/resolve.ts'
import type { CredentialSources } from '../../src/registry/http/credentials/credential.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { createMemoryTarget, type MemoryTarget } from '../../src/registry/target/memory.ts'
import { createOpener } from '../../src/registry/target/open.ts'
import type { RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import type { Target } from '../../src/registry/target/target.ts'
import { all, indexOf, manifestOf, piece, put } from '../contracts/content.ts'
import { clock, key } from '../evidence/signed.ts'
import type { Recorder } from './recorder.ts'

export const call = freeCall()
const V1 = parseTag('v1')

/** An image of so many layers of 100 bytes, always the same. */
export async function layered(target: Target, layers: number, word: string): Promise<Descriptor> {
  const pieces = Array.from({ length: layers }, (_, at) => piece(`${word} ${at} `.padEnd(100, '.'), MEDIA.layer))
  const config = piece(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, author: word }), MEDIA.config)
  const manifest = manifestOf({ config, layers: pieces })
  await put(target, config, ...pieces, manifest)
  return manifest.descriptor
}

/** An index of two images that share a layer, with a signature-like referrer. */
async function seed(memory: MemoryTarget): Promise<Descriptor> {
  const shared = piece('shared layer', MEDIA.layer)
  const images = ['amd64', 'arm64'].map((architecture) => {
    const config = piece(JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] } }), MEDIA.config)
    const own = piece(`layer of ${architecture}`, MEDIA.layer)
    return { blobs: [config, shared, own], manifest: manifestOf({ config, layers: [shared, own] }) }
  })
  const index = indexOf(images.map(({ manifest }) => manifest))
  await put(memory, ...images.flatMap(({ blobs, manifest }) => [...blobs, manifest]), index)
  await pushArtifact(
    memory,
    { artifactType: 'application/vnd.example.report', subject: index.descriptor, files: [{ bytes: Buffer.from('report'), mediaType: 'text/plain' }] },
    call,
  )
  return index.descriptor
}

/** Each operation with a client of its own, as each command has. */
export async function operate<T>(
  recorder: Recorder,
  operation: string,
  credentials: CredentialSources,
  work: (open: (path: string) => RemoteTarget) => Promise<T>,
): Promise<T> {
  const opener = createOpener({ credentials, userAgent: 'kubeferry/test' })
  try {
    return await recorder.during(operation, () =>
      work((path) => {
        const { target } = opener.open(`${recorder.host}/${path}`)
        if (!('repository' in target)) throw new Error('a registry was expected')
        return target
      }),
    )
  } finally {
    opener.close()
  }
}

/** @param directory where a layout may be made @param deletes whether the registry can delete */
export async function everything(recorder: Recorder, credentials: CredentialSources, directory: string, deletes = true): Promise<void> {
  const memory = createMemoryTarget()
  const root = await seed(memory)
  const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
  const run = <T>(operation: string, work: (open: (path: string) => RemoteTarget) => Promise<T>): Promise<T> => operate(recorder, operation, credentials, work)

  await run('push', (open) => copy(memory, open('team/app'), root, { tag: parseTag('dev-v1.0-1') }, call))
  await run('push again', (open) => copy(memory, open('team/app'), root, { tag: parseTag('dev-v1.0-1') }, call))
  await run('sign', (open) => signImage(open('team/app'), root, keySigner(key), { clock }, call))
  await run('verify', (open) => verifyImage(open('team/app'), root, { keys: [key.public] }, call))
  await run('copy', async (open) =>
    copy(open('team/app'), open('other/app'), await resolveImage(open('team/app'), { tag: parseTag('dev-v1.0-1') }, call), { tag: V1 }, call),
  )
  await run('promote', async (open) => {
    const request = { scheme, source: open('team/app'), ref: { tag: parseTag('dev-v1.0-1') }, target: open('prod/app'), to: 'staging', tool: 'test', gates: [] }
    const surveyed = await surveyPromotion(request, call)
    await applyPromotion(planPromotion(surveyed, request), { ...request, surveyed }, call)
  })
  await run('list', (open) => all(open('team/app').tags(call)))
  await run('referrers', (open) => listReferrers(open('team/app'), root.digest, {}, call))
  await run('check', (open) => check(open('prod/app'), root, {}, call))
  await run('save', (open) => copy(open('prod/app'), openLayout(directory), root, { tag: V1 }, call))
  await run('load', (open) => copy(openLayout(directory), open('loaded/app'), root, { tag: V1 }, call))
  await run('attach', (open) => pushArtifact(open('team/app'), { artifactType: 'application/vnd.example.note', subject: root }, call))
  await run('absent', async (open) => [await open('team/none').resolve(V1, call), await open('team/app').has(piece('nowhere').descriptor, call)])
  if (!deletes) return
  await run('untag', (open) => open('other/app').untag(V1, call))
  await run('delete', async (open) => open('loaded/app').remove(root, call))
}
