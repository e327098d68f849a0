/**
 * Artifact Registry and Container Registry: an access token of Application Default Credentials, as user `oauth2accesstoken`.
 * cloud.google.com "How Application Default Credentials works"; the file first, then the metadata server of the machine.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Call } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import { Secret } from '../../../../kit/secret.ts'
import type { Credential } from '../credential.ts'
import { type CloudToken, readAccessToken } from './answers.ts'
import type { CloudAsk } from './ask.ts'
import { type CloudSource, leaseOf, mayBeMachineOf, type Variables } from './cloud.ts'

const HOST = /^(?:[a-z0-9-]+\.pkg\.dev|(?:[a-z0-9-]+\.)?gcr\.io)$/
const METADATA = '169.254.169.254'

export const google: CloudSource = {
  name: 'Google Cloud',
  showsPublic: true,
  // A token opens every registry that the identity may see.
  keyOf: (registry) => (HOST.test(registry) ? 'any' : undefined),
  async find(_registry, { variables, ask, clients }, call) {
    const looked: string[] = []
    for (const place of filesOf(variables)) {
      const text = await readFile(place.file, 'utf8').catch((error: unknown) => {
        // The usual place is mostly empty; a file that was named is not.
        if (!place.named) return undefined
        throw new Failure('CREDENTIALS_UNREADABLE', `cannot read ${place.words}`, { cause: error })
      })
      if (text === undefined) {
        looked.push(place.words)
        continue
      }
      const { tokenOfFile } = await clients.google()
      return { credential: asLogin(await tokenOfFile(text, place.words, ask, call), place.words) }
    }
    if (variables['GOOGLE_APPLICATION_CREDENTIALS'] === undefined) looked.unshift('GOOGLE_APPLICATION_CREDENTIALS')
    const service = variables['GCE_METADATA_HOST']
    if (service === undefined && variables['K_SERVICE'] === undefined && !(await mayBeMachineOf(/google/i, variables)))
      return { looked: [...looked, 'the service account of this machine (not asked: it is no machine of Google Cloud)'] }
    const token = await machineToken(service ?? METADATA, ask, call)
    return token
      ? { credential: asLogin(token, 'the Google service account of this machine (metadata server)') }
      : { looked: [...looked, 'the service account of this machine (there is none)'] }
  },
}

function asLogin({ value, life }: CloudToken, from: string): Credential {
  return { kind: 'basic', id: from, from, username: 'oauth2accesstoken', password: new Secret(value), lease: leaseOf(life) }
}

interface Place {
  readonly file: string
  readonly words: string
  readonly named: boolean
}

function filesOf(variables: Variables): Place[] {
  const { GOOGLE_APPLICATION_CREDENTIALS: named, CLOUDSDK_CONFIG: config, HOME: home } = variables
  if (named !== undefined) return [{ file: named, words: 'the Google credentials of this run (GOOGLE_APPLICATION_CREDENTIALS)', named: true }]
  const directory = config ?? (home === undefined ? undefined : join(home, '.config', 'gcloud'))
  const file = directory === undefined ? undefined : join(directory, 'application_default_credentials.json')
  return file === undefined ? [] : [{ file, words: `the Google credentials in ${file}`, named: false }]
}

async function machineToken(host: string, ask: CloudAsk, call: Call): Promise<CloudToken | undefined> {
  const what = 'get a token from the metadata server of this machine'
  const url = new URL(`http://${host}/computeMetadata/v1/instance/service-accounts/default/token`)
  try {
    const answer = await ask({ what, method: 'GET', url, headers: { 'metadata-flavor': 'Google' }, near: true }, call)
    if (answer.status === 404) return undefined
    if (answer.status === 200) return readAccessToken(answer, what)
    throw new Failure('AUTH_DENIED', `cannot ${what}`, { cause: `it answered ${answer.status}`, facts: { status: answer.status } })
  } catch (error) {
    if (error instanceof Failure && error.code === 'REGISTRY_UNAVAILABLE') return undefined
    throw error
  }
}
