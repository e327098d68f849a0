/**
 * Finding the one key in a text, and saying what was found when it is something else.
 * What does not belong here: what the bytes of a key mean.
 */
import { Failure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'

export interface PemBlock {
  /** What stands after BEGIN, e.g. `PUBLIC KEY`. */
  readonly label: string
  readonly bytes: Uint8Array
}

/** Characters. A 16384-bit RSA key has 13 000. */
const LONGEST = 64 * 1024

const NAMES: ReadonlyMap<string, string> = new Map([
  ['PUBLIC KEY', 'a public key'],
  ['RSA PUBLIC KEY', 'a public key in PKCS#1 form'],
  ['CERTIFICATE', 'a certificate'],
  ['CERTIFICATE REQUEST', 'a certificate request'],
  ['PRIVATE KEY', 'a private key'],
  ['ENCRYPTED PRIVATE KEY', 'an encrypted private key'],
  ['RSA PRIVATE KEY', 'a private key'],
  ['EC PRIVATE KEY', 'a private key'],
  ['ENCRYPTED SIGSTORE PRIVATE KEY', 'a private key of cosign'],
  ['ENCRYPTED COSIGN PRIVATE KEY', 'a private key of cosign'],
  ['OPENSSH PRIVATE KEY', 'a private key of OpenSSH'],
  ['PGP PRIVATE KEY BLOCK', 'a private key of PGP'],
  ['PGP PUBLIC KEY BLOCK', 'a public key of PGP'],
])

/**
 * The one PEM block of a text. The parameters that openssl writes before an elliptic curve key are passed over.
 * @param wanted how messages call what should be there: `the private key`
 * @throws Failure KEY_UNREADABLE
 */
export function readPem(text: string, wanted: string): PemBlock {
  if (text.length > LONGEST) throw unreadable(wanted, `the text has ${text.length} characters; a key has at most ${LONGEST}`)
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----\s([\s\S]*?)-----END \1-----/g)].filter((block) => block[1] !== 'EC PARAMETERS')
  const [first, second] = blocks
  if (first === undefined) throw unreadable(wanted, `${describeOther(text)} was found`)
  if (second !== undefined)
    throw unreadable(wanted, `${blocks.length} keys or certificates were found in one text: ${blocks.map((block) => describeLabel(block[1] ?? '')).join(', ')}`)
  const [, label = '', body = ''] = first
  if (/^(?:Proc-Type|DEK-Info):/m.test(body)) {
    throw unreadable(wanted, 'it is encrypted in the old OpenSSL form, which protects it badly', 'Convert it: openssl pkcs8 -topk8 -in OLD.key -out NEW.key')
  }
  const compact = body.replaceAll(/\s/g, '')
  const bytes = Buffer.from(compact, 'base64')
  if (bytes.length === 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    throw unreadable(wanted, `${describeLabel(label)} was found, but its content is not base64`)
  return { label, bytes }
}

/** `CERTIFICATE` → `a certificate`. */
export function describeLabel(label: string): string {
  return NAMES.get(label) ?? `something called "${printable(label, 64)}"`
}

/** What a text without any PEM block seems to be. Never quotes it: it may be a secret. */
function describeOther(text: string): string {
  if (text.trim() === '') return 'an empty text'
  if (/^(?:ssh-|ecdsa-sha2-)/.test(text)) return 'a public key of OpenSSH'
  if (text.includes('-----BEGIN ')) return 'a PEM block that is cut off or damaged'
  if (text.trimStart().startsWith('{')) return 'JSON'
  if (text.startsWith('age-') || text.startsWith('AGE-')) return 'a key of age'
  return /[\p{Cc}\ufffd]/u.test(text.replaceAll(/\s/g, '')) ? 'binary content' : 'no PEM text'
}

export function unreadable(wanted: string, why: string, hint?: string): Failure {
  return new Failure('KEY_UNREADABLE', `cannot read ${wanted}`, {
    cause: why,
    hint: hint ?? 'Give a key in PEM form, as ferry key create or cosign generate-key-pair write it.',
  })
}
