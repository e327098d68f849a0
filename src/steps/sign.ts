/** sign: a digest, and each platform of an index, gets a signature attached. */
import { signImage } from '../evidence/trust/sign.ts'
import { keySigner } from '../evidence/trust/signers/key.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { signingKey } from './parts/keys.ts'
import { findImage } from './parts/places.ts'

export const sign = defineStep({
  name: 'sign',
  summary: 'Sign an image with a key: a Sigstore bundle attached to its digest, readable by cosign',
  details:
    'The tag is resolved once; only digests are signed: the image, or the index and each of its platforms. What this key has signed already is left alone. What is written is read back and verified.',
  since: '0.1.0',
  chinese: { title: '签名镜像', summary: '用密钥为镜像签名：Sigstore bundle 附在摘要上，cosign 可验证' },
  needs: ['registry', 'files', 'signing-key'],
  inputs: {
    image: field.image({ about: 'The image to sign', writes: true, example: 'harbor.example.com/pay/api:dev-v1.0-1', positional: true }),
    key: field.privateKey({ about: 'The private key', example: './signer.key', setting: 'keys.sign' }),
    keyPassword: field.secret({ about: 'Password of the private key', optional: true }),
    annotations: field.map({ about: 'Signed together with the digest', example: 'build=1024' }),
  },
  outputs: {
    digest: out.digest({ about: 'What was signed' }),
    signatures: out.list({ about: 'Digests of the attached signatures, the image’s own first' }),
    changed: out.switch({ about: 'Whether a signature was written; false when all were there' }),
  },
  examples: [{ title: 'With a key file', inputs: { image: 'harbor.example.com/pay/api:dev-v1.0-1', key: './signer.key' } }],

  async run({ image, key, keyPassword, annotations }, context) {
    const signer = keySigner(await signingKey(key, keyPassword, context))
    const { target, descriptor } = await findImage(image, context)
    const report = await signImage(target, descriptor, signer, { annotations, clock: context.clock }, context.call)
    for (const { digest, outcome, platform } of report.digests) context.log.info(outcome === 'signed' ? 'signed' : 'signed already', { digest, platform })
    return {
      digest: report.image,
      signatures: report.digests.slice(0, 8).map((each) => each.signature),
      changed: report.digests.some((each) => each.outcome === 'signed'),
    }
  },
})
