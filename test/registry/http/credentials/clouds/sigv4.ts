/** AWS Signature Version 4, recomputed from the request alone. docs.aws.amazon.com "Create a signed AWS API request". */
import { createHash, createHmac } from 'node:crypto'
import type { Asked } from './cloud-world.ts'

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface Signer {
  readonly accessKey: string
  readonly region: string
  readonly service: string
}

/** Who signed it; undefined when the signature is not the one that this secret gives. */
export function signerOf({ method, url, headers, body }: Asked, secretOf: (accessKey: string) => string): Signer | undefined {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  )
  if (!found) return undefined
  const [, accessKey = '', date = '', region = '', service = '', signed = '', signature = ''] = found
  const names = signed.split(';')
  if (!names.includes('host') || !names.includes('x-amz-date')) return undefined
  const lines = names.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`).join('')
  const canonical = [method, url.pathname, url.searchParams.toString(), lines, signed, sha256(body)].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${secretOf(accessKey)}`, date), region), service), 'aws4_request')
  return hmac(key, text).toString('hex') === signature ? { accessKey, region, service } : undefined
}
