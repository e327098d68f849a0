/** What is said to token services and what they answer: forms, objects, access tokens. What does not belong here: sending (ask). */
import { Failure } from '../../../../kit/failure.ts'
import type { Answer } from '../../request.ts'

/** What a form proves an identity with: some services repeat it in their refusal. */
export function proofsIn(body: unknown): string[] {
  const form = new URLSearchParams(typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '')
  return [...form].flatMap(([name, value]) => (/token$|secret$|assertion$/i.test(name) && value.length >= 8 ? [value] : []))
}

/** The headers of a form. */
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** The object that an answer holds; empty when it is none. The text itself is never shown: it may be a token. */
export function readObject(answer: Answer): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(Buffer.from(answer.bytes).toString('utf8'))
    return typeof json === 'object' && json !== null ? Object.fromEntries(Object.entries(json)) : {}
  } catch {
    return {}
  }
}

export interface CloudToken {
  readonly value: string
  /** Milliseconds. */
  readonly life: number
}

/** Milliseconds, when a service does not say. */
const USUAL_LIFE = 600_000

/** An `access_token` with `expires_in` (RFC 6749 §5.1; some send numbers as strings). @throws Failure PROTOCOL_ERROR */
export function readAccessToken(answer: Answer, what: string): CloudToken {
  const { access_token: value, expires_in: seconds } = readObject(answer)
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `${new URL(answer.url).host} answered without a usable token` })
  const life = Number(seconds) * 1000
  return { value, life: Number.isFinite(life) && life > 0 ? life : USUAL_LIFE }
}
