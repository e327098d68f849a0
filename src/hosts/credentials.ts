/** Where registry credentials may come from on this machine. Read from the environment here, so that the core never does. */
import { join } from 'node:path'
import type { CredentialSources } from '../registry/http/credentials/credential.ts'

// What a docker-credential-* program may need; nothing else of the environment reaches it.
const FOR_HELPERS = [
  'PATH',
  'HOME',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'DBUS_SESSION_BUS_ADDRESS',
  'AWS_REGION',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GNUPGHOME',
  'PASSWORD_STORE_DIR',
]

// Where the identity of a run or machine is, by the variables that each cloud's own tools read.
const FOR_CLOUDS = [
  'HOME',
  'KUBERNETES_SERVICE_HOST',
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT',
  'AWS_EC2_METADATA_DISABLED',
  'AZURE_AUTHORITY_HOST',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_CONFIG',
  'GCE_METADATA_HOST',
  'K_SERVICE',
  'GITHUB_ACTIONS',
  'GITHUB_TOKEN',
  'GITHUB_ACTOR',
  'CI_REGISTRY',
  'CI_REGISTRY_USER',
  'CI_REGISTRY_PASSWORD',
  'CI_JOB_TOKEN',
]

export type Variables = Readonly<Record<string, string | undefined>>

/** @param first a docker config file that is asked before all others, e.g. a mounted secret */
export function credentialSources(variables: Variables, first?: string): CredentialSources {
  const given = (name: string): string | undefined => variables[name] || undefined
  const home = given('HOME')
  const docker = given('DOCKER_CONFIG')
  const runtime = given('XDG_RUNTIME_DIR')
  const config = given('XDG_CONFIG_HOME') ?? (home === undefined ? undefined : join(home, '.config'))
  const files = [
    first,
    given('REGISTRY_AUTH_FILE'),
    docker === undefined ? undefined : join(docker, 'config.json'),
    home === undefined ? undefined : join(home, '.docker', 'config.json'),
    runtime === undefined ? undefined : join(runtime, 'containers', 'auth.json'),
    config === undefined ? undefined : join(config, 'containers', 'auth.json'),
  ]
  const inline = given('DOCKER_AUTH_CONFIG')
  return {
    dockerConfigFiles: files.filter((file) => file !== undefined),
    ...(inline === undefined ? {} : { dockerAuthConfig: inline }),
    environment: only(FOR_HELPERS, variables),
    clouds: only(FOR_CLOUDS, variables),
  }
}

/** Those of these names that are set and not empty. */
function only(names: readonly string[], variables: Variables): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])))
}
