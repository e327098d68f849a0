/**
 * What GitHub's runner does with the lines that a step prints. Both forms are commands: `::name k=v::data` at the start of a
 * line, and `##[name k=v]data` at any place in it. Source: ActionCommand.cs and ActionCommandManager.cs of actions/runner.
 */

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
  /** Position of its line. */
  readonly line: number
}

export interface Interpreted {
  readonly commands: readonly Command[]
  /** In the order in which they were given, as the runner keeps them. */
  readonly masks: readonly string[]
  /** The log as people see it: masked, without add-mask lines, annotations as words. */
  readonly log: string
}

const KNOWN = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]
const WORDS: Readonly<Record<string, string>> = { error: 'Error: ', warning: 'Warning: ', notice: 'Notice: ', debug: '##[debug]' }

export function interpret(printed: string): Interpreted {
  const commands: Command[] = []
  const masks: string[] = []
  const shown: string[] = []
  const masked = (text: string): string =>
    masks.toSorted((left, right) => right.length - left.length).reduce((rest, mask) => rest.replaceAll(mask, '***'), text)
  // .NET ends lines at \r, \n and \r\n.
  for (const [line, text] of printed.split(/\r\n|\r|\n/).entries()) {
    const command = parseCommand(text, line)
    if (command === undefined) shown.push(masked(text))
    else {
      commands.push(command)
      if (command.name === 'add-mask') masks.push(command.data)
      else shown.push(masked(`${WORDS[command.name] ?? `##[${command.name}]`}${command.data}`))
    }
  }
  return { commands, masks, log: shown.join('\n') }
}

function parseCommand(text: string, line: number): Command | undefined {
  return newForm(text.trimStart(), line) ?? oldForm(text, line)
}

function newForm(text: string, line: number): Command | undefined {
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1
  if (end < 0) return undefined
  const dataOf = (data: string): string => data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const propertyOf = (value: string): string => dataOf(value.replaceAll('%3A', ':').replaceAll('%2C', ','))
  return known(text.slice(2, end), ',', propertyOf, dataOf(text.slice(end + 2)), line)
}

function oldForm(text: string, line: number): Command | undefined {
  const start = text.indexOf('##[')
  const end = start < 0 ? -1 : text.indexOf(']', start)
  if (end < 0) return undefined
  const valueOf = (value: string): string =>
    value.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']').replaceAll('%25', '%')
  return known(text.slice(start + 3, end), ';', valueOf, valueOf(text.slice(end + 1)), line)
}

function known(info: string, separator: string, valueOf: (text: string) => string, data: string, line: number): Command | undefined {
  const space = info.indexOf(' ')
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase()
  if (!KNOWN.includes(name)) return undefined
  const pairs = (space < 0 ? '' : info.slice(space + 1).trim()).split(separator).filter((pair) => pair.includes('='))
  return {
    name,
    properties: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), valueOf(pair.slice(pair.indexOf('=') + 1))])),
    data,
    line,
  }
}
