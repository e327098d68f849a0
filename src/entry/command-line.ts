/** One run of `ferry`: which command was meant, on which host, and its life. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArguments } from '../hosts/terminal/arguments.ts'
import { overview, stepHelp } from '../hosts/terminal/help.ts'
import { createPaint } from '../hosts/terminal/style.ts'
import { failureLines } from '../hosts/words.ts'
import { asFailure, Failure } from '../kit/failure.ts'
import { EXIT } from '../kit/failure-codes.ts'
import { suggest } from '../kit/suggest.ts'
import { inputsOf } from '../step/common-inputs.ts'
import type { Host } from '../step/host.ts'
import { live } from '../step/life.ts'
import type { AnyStep } from '../step/step.ts'
import { STEPS } from '../steps/index.ts'
import { COMMANDS } from './commands/index.ts'
import { loadStep, machine } from './machine.ts'
import { quietPipes, stopOnSignals } from './signals.ts'

const variable = (name: string): string | undefined => process.env[name] || undefined

export async function commandLine(argv: readonly string[]): Promise<void> {
  quietPipes()
  const signal = stopOnSignals()
  try {
    process.exitCode = await run(argv, signal)
  } catch (error) {
    const failure = asFailure(error)
    for (const line of failureLines(failure)) process.stderr.write(`${line}\n`)
    if (variable('FERRY_TRACE') !== undefined && failure.stack !== undefined) process.stderr.write(`${failure.stack}\n`)
    process.exitCode = failure.exitCode
  }
}

async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const paint = createPaint(process.stdout.isTTY === true, variable)
  const helpOnly = argv[0] === 'help' || argv.length === 0
  // Only the first word: further on it may be a value.
  const asked = argv[0] === 'help' ? argv.slice(1) : argv
  const found = await findCommand(asked)
  if (!found) {
    if (!helpOnly && asked[0] !== '--help' && asked[0] !== '-h') throw unknownCommand(asked)
    const topic = helpOnly && asked[0] !== undefined ? await (await import('./topics.ts')).topicText(asked[0]) : undefined
    if (helpOnly && asked[0] !== undefined && topic === undefined && !asked[0].startsWith('-')) throw unknownCommand(asked)
    process.stdout.write(topic ?? overview(listed(STEPS), listed(COMMANDS), paint))
    return EXIT.ok
  }
  const { command, rest } = found
  const hostName = variable('FERRY_HOST') ?? 'terminal'
  if (hostName !== 'terminal') return live(command, await ciHost(hostName, command, rest), machine(signal, dockerConfigOf(hostName)))
  const given = parseArguments(inputsOf(command), rest)
  if (helpOnly || given.common.get('help') === 'true') {
    process.stdout.write(stepHelp(command, paint))
    return EXIT.ok
  }
  const form = given.common.get('output') ?? 'table'
  if (!['table', 'json', 'yaml'].includes(form)) throw new Failure('INPUT_INVALID', `--output is "${form.slice(0, 40)}", which is not one of table, json, yaml`)
  const { createTerminalHost } = await import('../hosts/terminal/host.ts')
  return live(command, createTerminalHost(given, variable, process), machine(signal))
}

function listed(table: Readonly<Record<string, { readonly summary: string }>>): { name: string; summary: string }[] {
  return Object.entries(table).map(([name, { summary }]) => ({ name, summary }))
}

/** A command of one or two words, else a step. */
async function findCommand(words: readonly string[]): Promise<{ command: AnyStep; rest: readonly string[] } | undefined> {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1]
    if (command) return { command: await command.load(), rest: words.slice(length) }
  }
  const [name = '', ...rest] = words
  return Object.hasOwn(STEPS, name) ? { command: await loadStep(name), rest } : undefined
}

function unknownCommand(words: readonly string[]): Failure {
  const names = [...Object.keys(STEPS), ...Object.keys(COMMANDS)]
  const two = words.slice(0, 2).join(' ')
  const meant = suggest(two, names) ?? suggest(words[0] ?? '', names)
  return new Failure('INPUT_INVALID', `ferry knows no command "${(words[0] ?? '').slice(0, 80)}"`, {
    hint: meant === undefined ? 'ferry help lists them.' : `Did you mean ferry ${meant}?`,
  })
}

/** The CI hosts that start the same command line; the one they use is named by FERRY_HOST. */
async function ciHost(name: string, command: AnyStep, rest: readonly string[]): Promise<Host> {
  const write = (text: string): void => void process.stdout.write(text)
  if (name === 'tekton') return (await import('../hosts/tekton/host.ts')).createTektonHost(process.env, rest, write)
  if (name === 'jenkins') return (await import('../hosts/jenkins/host.ts')).createJenkinsHost(process.env, write)
  if (name === 'kubesphere') return (await import('../hosts/kubesphere/host.ts')).createKubesphereHost(process.env, process.cwd(), command.name, write)
  throw new Failure('INPUT_INVALID', `FERRY_HOST is "${name.slice(0, 40)}", which is not one of terminal, tekton, jenkins, kubesphere`, {
    hint: 'Unset FERRY_HOST to use ferry at a terminal.',
  })
}

/** A Secret that a Task mounts may call the file `config.json` or `.dockerconfigjson`. */
function dockerConfigOf(host: string): string | undefined {
  const directory = host === 'tekton' ? variable('FERRY_DOCKER_DIRECTORY') : undefined
  if (directory === undefined) return undefined
  return ['config.json', '.dockerconfigjson'].map((name) => join(directory, name)).find((file) => existsSync(file))
}
