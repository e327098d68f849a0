/** GitHub Actions: inputs as INPUT_*, outputs and summary through files, masks and annotations as workflow commands. */
import { appendFileSync } from 'node:fs'
import { asFailure, Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { derivedForms } from '../../kit/redact.ts'
import type { RunFacts } from '../../step/context.ts'
import { failureText } from '../../step/failure-text.ts'
import type { Ending, Host } from '../../step/host.ts'
import { kebab } from '../../step/names.ts'
import { outputText, summaryOf } from '../../step/report.ts'
import type { Variables } from '../credentials.ts'
import { createProgress } from '../progress.ts'
import { failureLines, logText } from '../words.ts'
import { appendValue, inertText, workflowCommand } from './commands.ts'

export function createGithubHost(variables: Variables, write: (text: string) => void): Host {
  const inputVariable = (name: string): string => `INPUT_${kebab(name).toUpperCase()}`
  const say = (text: string): void => write(`${inertText(text)}\n`)
  const command = (...parts: Parameters<typeof workflowCommand>): void => write(`${workflowCommand(...parts)}\n`)
  const progress = createProgress((text) => write(inertText(text)), false)
  return {
    name: 'github',
    facts: factsOf(variables),
    read: (name) => variables[inputVariable(name)] || undefined,
    strangers(names) {
      const known = new Set(names.map(inputVariable))
      return Object.keys(variables)
        .filter((name) => name.startsWith('INPUT_') && !known.has(name))
        .map((name) => name.slice('INPUT_'.length).toLowerCase())
    },
    spell: (name) => kebab(name),
    variable: (name) => variables[name] || undefined,
    mask(secret) {
      for (const form of new Set(derivedForms(secret.reveal()))) command('add-mask', form)
    },
    say(line) {
      if (line.level === 'warn') command('warning', logText(line))
      else if (line.level !== 'debug') say(logText(line))
      else if (variables['RUNNER_DEBUG'] === '1') command('debug', logText(line))
    },
    progress: (event) => progress.report(event),
    ask: () => Promise.resolve(undefined),
    async end(ending) {
      handOver(ending, variables)
      if (!ending.failure) return
      for (const line of failureLines(ending.failure)) say(line)
      command('error', annotationText(ending.failure), { title: `ferry ${ending.step.name}` })
      if (variables['RUNNER_DEBUG'] === '1' && ending.failure.stack !== undefined)
        for (const line of ending.failure.stack.split('\n')) say(`ferry: ${printable(line)}`)
    },
  }
}

/** All that helps, in one annotation: the runner keeps ten of a step, and cuts each at 4096 characters. */
function annotationText(failure: Failure): string {
  const { headline, lines } = failureText(failure)
  return [headline, ...lines.filter((line) => line.label !== 'more').map((line) => line.text)].join('\n')
}

function factsOf(variables: Variables): RunFacts {
  const server = variables['GITHUB_SERVER_URL']
  const repository = variables['GITHUB_REPOSITORY']
  const number = variables['GITHUB_RUN_NUMBER']
  const revision = variables['GITHUB_SHA']
  return {
    ...(number ? { buildNumber: number } : {}),
    ...(revision ? { revision } : {}),
    ...(server && repository ? { source: `${server}/${repository}` } : {}),
  }
}

/** Outputs and summary. A lost output is a failure; a lost summary is not. */
function handOver(ending: Ending, variables: Variables): void {
  const outputFile = variables['GITHUB_OUTPUT']
  const entries = Object.entries(ending.outputs)
  if (entries.length > 0 && !outputFile)
    throw new Failure('INTERNAL', 'GITHUB_OUTPUT is not set, so outputs cannot be handed over', { hint: 'Run the action through a GitHub runner or act.' })
  try {
    for (const [name, value] of entries) appendValue(outputFile ?? '', kebab(name), outputText(value))
  } catch (error) {
    throw asFailure(error)
  }
  const summaryFile = variables['GITHUB_STEP_SUMMARY']
  try {
    if (summaryFile) appendFileSync(summaryFile, summaryOf(ending))
  } catch {
    // The summary is for reading only; its loss must not turn a good run into a bad one.
    return
  }
}
