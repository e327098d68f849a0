/**
 * Amazon ECR and ECR Public: which hosts they are and what is looked at. The client itself is loaded when such a host wants a login.
 * docs.aws.amazon.com "Private registry authentication": user AWS, a password of twelve hours per region.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type EcrPlace, ecrPlace } from './amazon-hosts.ts'
import { type CloudSource, type Finding, mayBeMachineOf, type Variables } from './cloud.ts'

/** Where ECR Public has its API, whatever the region of the machine. */
const PUBLIC_REGION = 'us-east-1'

export const amazon: CloudSource = {
  name: 'AWS',
  showsPublic: false,
  keyOf(registry) {
    const place = ecrPlace(registry)
    return place && `${place.account} ${place.region}${place.fips ? ' fips' : ''}`
  },
  async find(registry, surroundings, call) {
    const place = ecrPlace(registry)
    return place === undefined ? { looked: [] } : await logIn(place, surroundings, call)
  },
}

export const amazonPublic: CloudSource = {
  name: 'AWS',
  showsPublic: true,
  keyOf: (registry) => (registry === 'public.ecr.aws' ? registry : undefined),
  find: (_registry, surroundings, call) => logIn({ region: PUBLIC_REGION, fips: false }, surroundings, call),
}

async function logIn(place: EcrPlace, surroundings: Parameters<CloudSource['find']>[1], call: Parameters<CloudSource['find']>[2]): Promise<Finding> {
  const looked = lookedAt(surroundings.variables)
  // Without any of these the chain would only wait for a metadata service that is not there.
  if (!(await pointsToAmazon(surroundings.variables)))
    return { looked: [...looked, 'the role of this machine (not asked: it is no EC2 instance, or says no to it)'] }
  const { ecrLogin } = await surroundings.clients.amazon()
  const credential = await ecrLogin(place, surroundings, call)
  return credential ? { credential } : { looked: [...looked, 'the role of this machine (instance metadata)'] }
}

const NAMES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT',
]

function filesOf(variables: Variables): string[] {
  const inHome = (name: string): string[] => (variables['HOME'] === undefined ? [] : [join(variables['HOME'], '.aws', name)])
  const { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: shared } = variables
  return [...(shared === undefined ? inHome('credentials') : [shared]), ...(config === undefined ? inHome('config') : [config])]
}

function lookedAt(variables: Variables): string[] {
  return [
    'AWS_ACCESS_KEY_ID',
    `the profile "${variables['AWS_PROFILE'] ?? 'default'}" in ${filesOf(variables).join(' and ') || '~/.aws'}`,
    'AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI',
  ]
}

async function pointsToAmazon(variables: Variables): Promise<boolean> {
  if (NAMES.some((name) => variables[name] !== undefined)) return true
  const there = await Promise.all(
    filesOf(variables).map((file) =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  )
  if (there.includes(true)) return true
  return variables['AWS_EC2_METADATA_DISABLED'] !== 'true' && (await mayBeMachineOf(/amazon/i, variables))
}
