/** verify: a digest carries the signatures that are asked for, or the step fails. */

import type { Verdict } from '../evidence/trust/verdict.ts'
import { requireVerified, verifyImage } from '../evidence/trust/verify.ts'
import { Failure } from '../kit/failure.ts'
import { shortDigest } from '../registry/oci/digest.ts'
import type { Shown } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { verifyingKeys } from './parts/keys.ts'
import { findImage } from './parts/places.ts'

export const verify = defineStep({
  name: 'verify',
  summary: 'Verify that an image is signed by one of the keys; fails when it is not proven',
  details:
    'Checks the index and each of its platforms. Only image signatures count: an SBOM or another statement by the same key does not. When it fails, it says what was found.',
  since: '0.1.0',
  chinese: { title: '验证镜像签名', summary: '验证镜像由指定密钥之一签名；无法证明即失败' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.image({ about: 'The image to verify', example: 'harbor.example.com/pay/api:staging-v1.0-1', positional: true }),
    publicKey: field.keys({ about: 'Public keys; one of them must have signed', example: './signer.pub', flag: 'key', setting: 'keys.verify' }),
    annotations: field.map({ about: 'Must have been signed with the image', example: 'build=1024' }),
  },
  outputs: {
    digest: out.digest({ about: 'What was verified; use this, not the tag, from here on' }),
    verified: out.switch({ about: 'Always true when the step succeeds' }),
  },
  examples: [{ title: 'With a public key', inputs: { image: 'harbor.example.com/pay/api:staging-v1.0-1', publicKey: './signer.pub' } }],

  async run({ image, publicKey, annotations }, context) {
    if (publicKey.length === 0)
      throw new Failure('INPUT_INVALID', 'no public key was given to verify with', {
        hint: 'Give a public key, e.g. ./signer.pub, or keys.verify in ferry.yaml.',
      })
    const keys = await verifyingKeys(publicKey, context)
    const { target, descriptor, name } = await findImage(image, context)
    const policy = { keys, annotations }
    const verdict = await verifyImage(target, descriptor, policy, context.call)
    context.show(shownVerdict(name, verdict))
    if (!verdict.ok) await requireVerified(target, descriptor, policy, context.call)
    return { digest: verdict.image, verified: true }
  },
})

function shownVerdict(name: string, verdict: Verdict): Shown {
  return {
    name: 'verdict',
    data: verdict,
    title: `Signatures of ${name}`,
    tables: [
      {
        columns: ['digest', 'platform', 'verified', 'by key'],
        rows: verdict.digests.map(({ digest, platform, ok, attachments }) => {
          const accepted = attachments.find((attachment) => attachment.ok)
          return [shortDigest(digest), platform ?? '', ok ? 'yes' : 'no', accepted?.ok === true ? accepted.key : '']
        }),
      },
    ],
  }
}
