/**
 * KubeSphere's graphical editor: its step template is Go text/template that ends up in a shell command. Every value passes
 * `urlquery`, whose output has no character that a shell knows, and arrives here as one query string. Credentials arrive as
 * variables that withCredentials binds.
 */
import { join } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import type { Host } from '../../step/host.ts'
import type { Variables } from '../credentials.ts'
import { writeExchange } from '../exchange.ts'
import { jenkinsFacts } from '../jenkins/facts.ts'
import { createPlainLog } from '../plain-log.ts'

export const KUBESPHERE_VARIABLE = { query: 'FERRY_QUERY' } as const

/** What Go's text/template prints for a parameter that was left empty; as a value of its own it means nothing on any step. */
const NO_VALUE = '<no value>'

export function createKubesphereHost(variables: Variables, directory: string, step: string, write: (text: string) => void): Host {
  const inputs = new URLSearchParams(variables[KUBESPHERE_VARIABLE.query] ?? '')
  const given = (name: string): string | undefined => (inputs.get(name) === NO_VALUE ? undefined : (inputs.get(name) ?? undefined))
  const log = createPlainLog(write)
  return {
    name: 'kubesphere',
    facts: jenkinsFacts(variables),
    read(name, field) {
      const value = given(name)
      if (field.shape !== 'secret' || value === undefined || value === '') return value
      throw new Failure('INPUT_INVALID', `${name} is a secret and stands in the pipeline`, {
        hint: 'Store it as a credential of the project and pick that in the step.',
      })
    },
    strangers: (names) => [...new Set(inputs.keys())].filter((name) => !names.includes(name)),
    spell: (name) => name,
    variable: (name) => variables[name] || undefined,
    ...log.speech,
    async end(ending) {
      log.shown(ending.shown)
      writeExchange(join(directory, '.ferry', 'out', step), ending)
      log.failure(ending.failure)
      for (const [name, value] of Object.entries(ending.outputs)) {
        if (value !== '') log.line(`ferry: ${name}=${Array.isArray(value) ? value.join(',') : String(value)}`)
      }
    },
  }
}
