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
import { createProgress } from '../progress.ts'
import { shownLines } from '../shown.ts'
import { failureLines, logText } from '../words.ts'

export const KUBESPHERE_VARIABLE = { query: 'FERRY_QUERY' } as const

/** What Go's text/template prints for a parameter that was left empty; as a value of its own it means nothing on any step. */
const NO_VALUE = '<no value>'

export function createKubesphereHost(variables: Variables, directory: string, step: string, write: (text: string) => void): Host {
  const inputs = new URLSearchParams(variables[KUBESPHERE_VARIABLE.query] ?? '')
  const given = (name: string): string | undefined => (inputs.get(name) === NO_VALUE ? undefined : (inputs.get(name) ?? undefined))
  const say = (text: string): void => write(`${text}\n`)
  const progress = createProgress(write, false)
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
    mask() {},
    say(line) {
      if (line.level !== 'debug') say(logText(line))
    },
    progress: (event) => progress.report(event),
    ask: () => Promise.resolve(undefined),
    async end(ending) {
      for (const line of shownLines(ending.shown)) say(line)
      writeExchange(join(directory, '.ferry', 'out', step), ending)
      if (ending.failure) for (const line of failureLines(ending.failure)) say(line)
      for (const [name, value] of Object.entries(ending.outputs)) {
        if (value !== '') say(`ferry: ${name}=${Array.isArray(value) ? value.join(',') : String(value)}`)
      }
    },
  }
}
