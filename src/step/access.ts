/** What a run may open registries with: the credentials that were given, in the boxes they stay in. */
import { existsSync } from 'node:fs'
import { Failure } from '../kit/failure.ts'
import { PRODUCT } from '../kit/product.ts'
import { Secret } from '../kit/secret.ts'
import type { CredentialSources } from '../registry/http/credentials/credential.ts'
import type { NetworkSettings } from '../registry/http/network-settings.ts'
import { parseLocation, type RemoteLocation } from '../registry/target/location.ts'
import type { OpenerOptions } from '../registry/target/open.ts'
import { inputsOf } from './common-inputs.ts'
import type { Field } from './field.ts'
import type { Host } from './host.ts'
import { originOf } from './inputs.ts'
import type { Settings } from './settings/settings.ts'
import type { AnyStep } from './step.ts'

/** Known before anything is judged, so that no complaint about another input can repeat one. */
export function givenSecrets(step: AnyStep, host: Host, settings: Settings): Secret[] {
  return Object.entries(inputsOf(step)).flatMap(([name, field]) => {
    if (field.shape !== 'secret') return []
    try {
      const { raw } = originOf(step, name, field, host, settings)
      return raw === undefined || isPath(field, String(raw)) ? [] : [new Secret(String(raw))]
    } catch {
      // A secret that cannot be read cannot be repeated; reading the inputs says why.
      return []
    }
  })
}

/** A private key may be given as the path of its file, which is no secret. */
function isPath({ word }: Field<unknown>, text: string): boolean {
  return word === 'private-key' && text.length < 256 && (/^[^\n]+\.(?:key|pem)$/.test(text) || existsSync(text))
}

function isRemote(value: unknown): value is RemoteLocation {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'remote'
}

/** Repositories in a list of texts (the subjects of `tag`): only with their host, so that `linux/amd64` is none. */
function listedRepositories(value: unknown): RemoteLocation[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((text) => {
    try {
      const location = parseLocation(String(text))
      return location.kind === 'remote' && String(text).startsWith(`${location.registry}/`) ? [location] : []
    } catch {
      return []
    }
  })
}

/** A user and password that were given are for the registry that the step writes to, else for that of its image, and for no other. */
export function openerOptions(
  { inputs }: Pick<AnyStep, 'inputs'>,
  values: Readonly<Record<string, unknown>>,
  credentials: CredentialSources,
  network: NetworkSettings = {},
  dialects: Settings['dialects'] = {},
): OpenerOptions {
  const username = values['registryUsername']
  const password = values['registryPassword']
  const caFile = values['caFile']
  const written = Object.keys(inputs).flatMap((name) => (inputs[name]?.writes === true ? [values[name]] : []))
  const image = written.findLast(isRemote) ?? Object.values(values).find(isRemote) ?? Object.values(values).flatMap(listedRepositories)[0]
  if (password instanceof Secret && typeof username !== 'string') {
    throw new Failure('INPUT_INVALID', 'a registry password was given without a user', { hint: 'Give the registry username too.' })
  }
  const explicit =
    typeof username === 'string' && password instanceof Secret && image !== undefined
      ? [{ registry: image.registry, username, password, from: 'the given registry username' }]
      : []
  return {
    credentials: { ...credentials, explicit },
    network,
    dialects,
    plainHttp: (values['plainHttp'] as readonly string[] | undefined) ?? [],
    userAgent: PRODUCT.userAgent,
    ...(typeof caFile === 'string' ? { caFiles: [caFile] } : {}),
  }
}
