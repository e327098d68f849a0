/** ferry key create: a key pair for signing, in two files. */
import { createKeyPair, writeKeyPair } from '../../evidence/trust/keys/key-pair.ts'
import { Failure } from '../../kit/failure.ts'
import { field } from '../../step/field.ts'
import { out } from '../../step/output.ts'
import { defineStep } from '../../step/step.ts'

export const keyCreateCommand = defineStep({
  name: 'key create',
  summary: 'Make a key pair for signing: P-256, the private key encrypted in the form that cosign reads',
  since: '0.1.0',
  chinese: { title: '创建密钥对', summary: '创建签名用密钥对：P-256，私钥加密，cosign 可用' },
  needs: [],
  inputs: {
    out: field.file({ about: 'Path without ending: OUT.key and OUT.pub are written, never over existing files', example: './signer' }),
    keyPassword: field.secret({ about: 'Password of the private key; asked for at a terminal when not given', optional: true }),
  },
  outputs: {
    privateKey: out.file({ about: 'File of the private key, readable by its owner only' }),
    publicKey: out.file({ about: 'File of the public key' }),
    fingerprint: out.text({ about: 'base64 of the SHA-256 of the public key' }),
  },
  examples: [{ title: 'A new pair', inputs: { out: './signer' } }],

  async run({ out: base, keyPassword }, { ask, call, log }) {
    const password = keyPassword ?? (await ask('Password for the new private key'))
    if (password === undefined) {
      throw new Failure('INPUT_INVALID', 'a password for the private key is missing', {
        hint: 'Set FERRY_KEY_PASSWORD, or give --key-password-file, or run at a terminal.',
      })
    }
    if (password.reveal() === '') log.warn('the password is empty: whoever reads the file can sign')
    const pair = createKeyPair(password)
    const files = await writeKeyPair(base, pair, call)
    return { privateKey: files.privateFile, publicKey: files.publicFile, fingerprint: pair.public.fingerprint }
  },
})
