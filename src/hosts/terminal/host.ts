/** The terminal: data on stdout, words on stderr. */
import { readFileSync } from 'node:fs'
import { Failure } from '../../kit/failure.ts'
import type { Ending, Host } from '../../step/host.ts'
import { kebab } from '../../step/names.ts'
import { outputText, reportOf } from '../../step/report.ts'
import { plainTable } from '../../step/table.ts'
import { createProgress } from '../progress.ts'
import { failureLines, logText } from '../words.ts'
import type { Arguments } from './arguments.ts'
import { flagOf } from './arguments.ts'
import { askSecret } from './ask.ts'
import { createPaint } from './style.ts'

export interface TerminalStreams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

export type OutputForm = 'table' | 'json' | 'yaml'

export function createTerminalHost({ given, strangers, common }: Arguments, variable: (name: string) => string | undefined, streams: TerminalStreams): Host {
  const { stdin, stdout, stderr } = streams
  const live = stderr.isTTY === true && variable('CI') === undefined
  const paint = createPaint(stderr.isTTY === true, variable)
  const progress = createProgress((text) => void stderr.write(text), live)
  const quiet = common.get('quiet') === 'true'
  const verbose = common.get('verbose') === 'true' || variable('FERRY_TRACE') !== undefined
  const words = (text: string): void => {
    progress.clear()
    stderr.write(`${text}\n`)
  }
  return {
    name: 'terminal',
    facts: {},
    read(name, field) {
      const raw = given.get(name)
      if (field.word !== 'secret' || typeof raw !== 'string' || raw === '') return raw
      return readSecretFile(raw, flagOf(name, field))
    },
    strangers: () => strangers,
    spell: (name, field) => (field.positional ? `<${field.flag ?? kebab(name)}>` : flagOf(name, field)),
    variable,
    mask() {},
    say(line) {
      if (line.level === 'debug' ? !verbose : quiet && line.level === 'info') return
      const text = logText(line)
      words(line.level === 'warn' ? paint('yellow', text) : line.level === 'debug' ? paint('dim', text) : text)
    },
    progress: (event) => {
      if (!quiet) progress.report(event)
    },
    ask: (question) => (stdin.isTTY === true && stderr.isTTY === true ? askSecret(question, stdin, stderr) : Promise.resolve(undefined)),
    async end(ending) {
      progress.clear()
      await printData(ending, (common.get('output') ?? 'table') as OutputForm, stdout)
      if (!ending.failure) return
      const [headline = '', ...rest] = failureLines(ending.failure)
      words(paint('red', headline))
      for (const line of rest) words(line)
      if (variable('FERRY_TRACE') !== undefined && ending.failure.stack !== undefined) words(ending.failure.stack)
    },
  }
}

/** A secret in a file, without the line break that editors add. */
function readSecretFile(path: string, flag: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new Failure('FILE_UNREADABLE', `${flag}: cannot read ${path}`, { cause: error, hint: 'Name a file that exists and that this user may read.' })
  }
}

async function printData(ending: Ending, form: OutputForm, stdout: NodeJS.WriteStream): Promise<void> {
  if (form === 'json') stdout.write(`${JSON.stringify(reportOf(ending), null, 2)}\n`)
  else if (form === 'yaml') {
    const { dump } = await import('js-yaml')
    stdout.write(dump(JSON.parse(JSON.stringify(reportOf(ending)))))
  } else {
    for (const document of ending.shown) {
      stdout.write(`${document.title}\n`)
      for (const table of document.tables) stdout.write(`${plainTable(table).replace(/^/gm, '  ')}\n`)
      for (const line of document.lines ?? []) stdout.write(`  ${line}\n`)
      stdout.write('\n')
    }
    const rows = Object.entries(ending.outputs).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
    const width = Math.max(0, ...rows.map(([name]) => kebab(name).length))
    for (const [name, value] of rows) stdout.write(`${kebab(name).padEnd(width)}  ${Array.isArray(value) ? value.join(' ') : outputText(value)}\n`)
  }
}
