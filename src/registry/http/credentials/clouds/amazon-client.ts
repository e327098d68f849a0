/**
 * The login at Amazon ECR with the SDK's own chain of credentials; its requests run through our engine. Loaded only for such a host.
 * The SDK reads the environment and ~/.aws itself: only a host that handed its environment over gets here.
 */
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { ECRPUBLICClient, GetAuthorizationTokenCommand as GetPublicTokenCommand } from '@aws-sdk/client-ecr-public'
import { type Call, stopReason } from '../../../../kit/call.ts'
import { Failure, isFailure } from '../../../../kit/failure.ts'
import { Secret } from '../../../../kit/secret.ts'
import type { Credential } from '../credential.ts'
import type { EcrPlace } from './amazon-hosts.ts'
import { requestHandler } from './amazon-requests.ts'
import { refusal, sourceOf, sourceTried } from './amazon-words.ts'
import { leaseOf, type Surroundings } from './cloud.ts'

interface Identity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly $source?: object
}

interface Token {
  readonly authorizationToken?: string | undefined
  readonly expiresAt?: Date | undefined
}

const quiet = (): void => {}
const SILENT = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet }
/** Milliseconds: what ECR gives. */
const USUAL_LIFE = 12 * 3600_000

/** @returns undefined when the chain ends without an identity */
export async function ecrLogin(place: EcrPlace, { ask, variables }: Surroundings, call: Call): Promise<Credential | undefined> {
  const where = place.account === undefined ? 'ECR Public' : `ECR in ${place.region}`
  const what = `log in to ${where}`
  const sent: string[] = []
  const settings = {
    region: place.region,
    requestHandler: requestHandler(what, ask, sent, call),
    logger: SILENT,
    ...(place.fips ? { useFipsEndpoint: true } : {}),
  }
  const client = place.account === undefined ? new ECRPUBLICClient(settings) : new ECRClient(settings)
  let identity: Identity | undefined
  try {
    identity = await stoppable(client.config.credentials(), call)
    const from = sourceOf(identity.$source ?? {}, variables)
    const token = await stoppable(askToken(client, place), call)
    const plain = Buffer.from(token?.authorizationToken ?? '', 'base64').toString('utf8')
    const colon = plain.indexOf(':')
    if (colon < 1) throw new Failure('PROTOCOL_ERROR', `cannot ${what} with ${from}`, { cause: `${where} answered without a usable token` })
    const life = token?.expiresAt === undefined ? USUAL_LIFE : Math.max(0, token.expiresAt.getTime() - Date.now())
    const password = new Secret(plain.slice(colon + 1))
    return { kind: 'basic', id: `${from}#${place.account ?? 'public'}#${place.region}`, from, username: plain.slice(0, colon), password, lease: leaseOf(life) }
  } catch (error) {
    if (isFailure(error)) throw error
    if (identity === undefined && isEndOfChain(error)) return undefined
    throw refusal(
      error,
      what,
      [...sent, identity?.secretAccessKey, identity?.sessionToken],
      identity === undefined ? sourceTried(variables) : sourceOf(identity.$source ?? {}, variables),
    )
  } finally {
    client.destroy()
  }
}

async function askToken(client: ECRClient | ECRPUBLICClient, place: EcrPlace): Promise<Token | undefined> {
  if (client instanceof ECRPUBLICClient) return (await client.send(new GetPublicTokenCommand({}))).authorizationData
  // A list, one per registry that is asked for; none named: the caller's own, whose token opens all it may see.
  return (await client.send(new GetAuthorizationTokenCommand({}))).authorizationData?.[place.account === undefined ? -1 : 0]
}

/** The chain itself cannot be stopped (metadata, files); who waits for it can. */
async function stoppable<T>(work: Promise<T>, call: Call): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(stopReason(call.signal))
  if (call.signal.aborted) stop()
  call.signal.addEventListener('abort', stop, { once: true })
  const left = call.deadline === undefined ? undefined : Math.max(0, call.deadline - performance.now())
  const timer = left === undefined ? undefined : setTimeout(() => reject(new Failure('DEADLINE', 'the allowed time is used up')), left)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', stop)
  }
}

function isEndOfChain(error: unknown): boolean {
  return error instanceof Error && error.name === 'CredentialsProviderError' && error.message.startsWith('Could not load credentials from any providers')
}
