/**
 * Jenkins: inputs as one JSON file, outputs as one file each, in an exchange directory; credentials as variables that
 * withCredentials binds. No Groovy text and no shell text ever carries a value.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import type { Raw } from '../../step/field.ts'
import type { Host } from '../../step/host.ts'
import type { Variables } from '../credentials.ts'
import { writeExchange } from '../exchange.ts'
import { createPlainLog } from '../plain-log.ts'
import { jenkinsFacts } from './facts.ts'

export const JENKINS_VARIABLE = { exchange: 'FERRY_EXCHANGE' } as const

/** User and password of the registry are one credential. */
const REGISTRY_LOGIN: readonly string[] = ['registryUsername', 'registryPassword']

export function createJenkinsHost(variables: Variables, write: (text: string) => void): Host {
  const exchange = variables[JENKINS_VARIABLE.exchange]
  if (!exchange)
    throw new Failure('INPUT_INVALID', `${JENKINS_VARIABLE.exchange} is not set`, { hint: 'Start the step through its var, e.g. ferryPromote(...).' })
  const inputs = readInputsFile(join(exchange, 'in.json'))
  const log = createPlainLog(write)
  return {
    name: 'jenkins',
    facts: jenkinsFacts(variables),
    read(name, field) {
      if (field.shape !== 'secret') return rawOf(name, inputs[name])
      if (inputs[name] === undefined) return undefined
      throw new Failure('INPUT_INVALID', `${name} is a secret and was given as text`, {
        hint: `Store it as a credential and give its id as ${spell(name, true)}.`,
      })
    },
    strangers: (names) => Object.keys(inputs).filter((name) => !names.includes(name)),
    spell: (name, field) => spell(name, field.shape === 'secret'),
    variable: (name) => variables[name] || undefined,
    ...log.speech,
    async end(ending) {
      log.shown(ending.shown)
      writeExchange(join(exchange, 'out'), ending)
      log.failure(ending.failure)
    },
  }
}

function spell(name: string, secret: boolean): string {
  if (REGISTRY_LOGIN.includes(name)) return 'credentialsId'
  return secret ? `${name}CredentialsId` : name
}

function readInputsFile(file: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Failure('FILE_UNREADABLE', `cannot read the inputs in ${file}`, { cause: error, hint: 'Start the step through its var, e.g. ferryPromote(...).' })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Failure('INPUT_INVALID', `the inputs in ${file} are not a map`)
  return Object.fromEntries(Object.entries(value))
}

/** Groovy's strings, booleans, numbers, lists and maps as text. @throws Failure INPUT_INVALID */
function rawOf(name: string, value: unknown): Raw | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.map(String)
  if (typeof value !== 'object') return String(value)
  return Object.entries(value).map(([key, item]) => {
    if (key.includes('=')) throw new Failure('INPUT_INVALID', `${name} has the key "${key.slice(0, 80)}", and a key cannot contain =`)
    return `${key}=${String(item)}`
  })
}
