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
    environment: Object.fromEntries(FOR_HELPERS.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name) ?? '']]))),
  }
}
