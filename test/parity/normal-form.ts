/** The log of a run without what may differ from host to host: how inputs are spelt, where things are, what the runner adds. */
import { inputsOf } from '../../src/step/common-inputs.ts'
import { kebab } from '../../src/step/names.ts'
import type { AnyStep } from '../../src/step/step.ts'
import type { World } from './world.ts'

/** Our own lines: they begin with `ferry:`, and those of a failure are indented below it. */
function ownLines(log: string): string[] {
  return log.split(/\r?\n/).flatMap((line) => {
    const own = /(ferry: .*|^ {2}(?:why|fix|more|also) .*)$/.exec(line)
    return own?.[1] === undefined || line.startsWith('::') ? [] : [own[1]]
  })
}

export function normalLines(log: string, step: AnyStep, world: World, silent: string): string[] {
  return ownLines(log).map((line) => spelling(places(line, world, silent), step))
}

/** Directories and ports are each host's own. */
export function places(text: string, world: World, silent: string): string {
  return text
    .replaceAll(world.open, 'OPEN')
    .replaceAll(world.closed, 'CLOSED')
    .replaceAll(silent, 'SILENT')
    .replaceAll(`/private${world.directory}`, 'WORLD')
    .replaceAll(world.directory, 'WORLD')
    .replaceAll('/workspace/source', 'WORLD')
    .replaceAll(/"?took"?[=:]\S+/g, '')
}

/** Every host's way to write an input becomes its plain name. */
function spelling(text: string, step: AnyStep): string {
  let plain = text
  for (const [name, field] of Object.entries(inputsOf(step))) {
    const plainName = kebab(name)
    const ways = [`params.${plainName}`, `workspaces.secrets/${plainName}`, `--${plainName}-file`, `--${plainName}`, `${name}CredentialsId`, `<${plainName}>`]
    if (field.flag !== undefined) ways.push(`--${field.flag}`, `<${field.flag}>`)
    for (const way of ways.toSorted((left, right) => right.length - left.length)) plain = plain.replaceAll(way, plainName)
    if (name !== plainName) plain = plain.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), plainName)
  }
  // An input that nobody knows is shown as it was written.
  return plain.replaceAll(/(?:--|params\.)(aply|unheard-?of)\b/gi, '$1').replaceAll(/unheard-?of/gi, 'unheard-of')
}
