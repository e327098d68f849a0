/** A step as ks-devops hands it on, and the run that Jenkins makes of it: containers entered, credentials bound, `sh -xe`. */

import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

export interface Rendered {
  /** Names of the steps around `sh`, outermost first, with what they were given. */
  readonly around: readonly { readonly name: string; readonly value: string }[]
  readonly script: string
}

interface Node {
  readonly name: string
  readonly arguments:
    | { readonly value: string; readonly isLiteral: boolean }
    | readonly { readonly key: string; readonly value: { readonly value: string; readonly isLiteral: boolean } }[]
  readonly children?: readonly Node[]
}

export type Escape = 'full' | 'newline'

/** Renders a template of kubesphere/steps. @throws when it is refused, or the result is not JSON */
export async function render(
  kstemplate: string,
  template: string,
  params: Readonly<Record<string, unknown>>,
  options: { readonly escape?: Escape; readonly credential?: string } = {},
): Promise<Rendered> {
  const args = [`-escape=${options.escape ?? 'full'}`, ...(options.credential === undefined ? [] : [`-credential=${options.credential}`]), template, '-']
  const { stdout } = await execa(kstemplate, args, { input: JSON.stringify(params) })
  const around: { name: string; value: string }[] = []
  let node = JSON.parse(stdout) as Node
  while (node.name !== 'sh') {
    if ('length' in node.arguments || node.children?.length !== 1 || node.children[0] === undefined)
      throw new Error(`not the nesting that was expected: ${stdout}`)
    around.push({ name: node.name, value: node.arguments.value })
    node = node.children[0]
  }
  const script = 'length' in node.arguments ? node.arguments.find((argument) => argument.key === 'script')?.value : undefined
  if (script?.isLiteral !== true) throw new Error(`sh has no literal script: ${stdout}`)
  return { around, script: script.value }
}

export interface StoredSecret {
  readonly username?: string
  readonly password: string
}

/** What the withCredentials steps around `sh` put into its environment. */
export function boundVariables({ around }: Rendered, secrets: Readonly<Record<string, StoredSecret>>): Record<string, string> {
  const bound: Record<string, string> = {}
  for (const { name, value } of around) {
    if (name !== 'withCredentials') continue
    const kind = /^\$\{\[(usernamePassword|string)\(/.exec(value)?.[1]
    const given = Object.fromEntries([...value.matchAll(/(\w+) ?: '([^']*)'/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
    const secret = secrets[given['credentialsId'] ?? '']
    if (kind === undefined || secret === undefined) throw new Error(`no credential for ${value}`)
    if (kind === 'string') bound[given['variable'] ?? ''] = secret.password
    else Object.assign(bound, { [given['usernameVariable'] ?? '']: secret.username ?? '', [given['passwordVariable'] ?? '']: secret.password })
  }
  return bound
}

export interface ShellOutcome {
  readonly exitCode: number
  /** stdout and stderr, as a console has them. */
  readonly log: string
  /** What ferry was started with. */
  readonly argv: string
  readonly query: string
}

const FERRY = fileURLToPath(new URL('../../../dist/ferry.cjs', import.meta.url))

/** Runs the script as durable-task does. `ferry` is the real one, noting what it was started with, or only the note. */
export async function runShell(script: string, directory: string, variables: Readonly<Record<string, string>>, ferry: 'real' | 'note'): Promise<ShellOutcome> {
  const place = `${directory}@tmp/${randomUUID()}`
  mkdirSync(join(place, 'bin'), { recursive: true })
  writeFileSync(join(place, 'script.sh'), script)
  writeFileSync(
    join(place, 'bin/ferry'),
    `#!/bin/sh\nprintf '%s' "$*" > '${place}/argv'\nprintf '%s' "$FERRY_QUERY" > '${place}/query'\n${ferry === 'real' ? `exec '${process.execPath}' '${FERRY}' "$@"\n` : ''}`,
  )
  chmodSync(join(place, 'bin/ferry'), 0o755)
  try {
    const path = [join(place, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter)
    const run = await execa('sh', ['-xe', join(place, 'script.sh')], {
      cwd: directory,
      env: { PATH: path, HOME: place, ...variables },
      extendEnv: false,
      all: true,
      reject: false,
      stdin: 'ignore',
    })
    const read = async (name: string): Promise<string> => (await import('node:fs/promises')).readFile(join(place, name), 'utf8')
    return { exitCode: run.exitCode ?? -1, log: run.all, argv: await read('argv'), query: await read('query') }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
