/**
 * Credential helpers: `docker-credential-<name> get`, the server's name on stdin, JSON on stdout.
 * Protocol: docker/docker-credential-helpers. Only the host in question is asked for (docker/cli#1591).
 */
import type { Call } from '../../../kit/call.ts'
import { type ExecutionResult, execute } from '../../../kit/exec.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'
import { Secret } from '../../../kit/secret.ts'
import type { Credential } from './credential.ts'

// The name becomes part of a file name that is looked for on the PATH.
const NAME = /^[A-Za-z0-9._-]+$/
const NOT_FOUND = 'credentials not found in native keychain'
/** Milliseconds: ecr-login waits for instance metadata (amazon-ecr-credential-helper#351). */
const TIMEOUT = 30_000
/** Bytes. */
const LARGEST = 1024 * 1024

/**
 * @param server the name the credentials are kept under
 * @returns undefined when the store has none
 * @throws Failure CREDENTIALS_UNREADABLE naming the helper
 */
export async function askNativeStore(
  name: string,
  server: string,
  environment: Readonly<Record<string, string>>,
  call: Call,
  timeout = TIMEOUT,
): Promise<Credential | undefined> {
  const program = `docker-credential-${name}`
  const unreadable = (cause: unknown): Failure =>
    new Failure('CREDENTIALS_UNREADABLE', `cannot get credentials for ${server} from ${printable(program, 100)}`, {
      cause,
      hint: `Try: echo ${server} | ${printable(program, 100)} get`,
      facts: { helper: printable(program, 100) },
    })
  if (!NAME.test(name)) throw unreadable('the name of a helper has only letters, digits, dots, dashes and underscores')
  let result: ExecutionResult
  try {
    result = await execute({ program, args: ['get'], input: `${server}\n`, environment, timeout, largest: LARGEST }, call)
  } catch (error) {
    if (call.signal.aborted || !isFailure(error)) throw error
    throw unreadable(error)
  }
  if (result.exitCode !== 0) {
    const said = result.stdout.trim()
    if (said === NOT_FOUND) return undefined
    throw unreadable(`it ended with ${result.exitCode}: ${printable(said === '' ? result.stderr.trim() : said, 200)}`)
  }
  let json: unknown
  try {
    json = JSON.parse(result.stdout)
  } catch {
    throw unreadable('it did not print JSON')
  }
  if (typeof json !== 'object' || json === null) throw unreadable('it did not print an object')
  const username = 'Username' in json && typeof json.Username === 'string' ? json.Username : ''
  const secret = 'Secret' in json && typeof json.Secret === 'string' ? json.Secret : ''
  if (secret === '') return undefined
  const known = { id: `${program}#${server}`, from: program }
  if (username === '<token>') return { kind: 'identity', username: '', token: new Secret(secret), ...known }
  return { kind: 'basic', username, password: new Secret(secret), ...known }
}
