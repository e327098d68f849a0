/**
 * Writes api/kubeferry.txt: every name that `import { … } from 'kubeferry'` has, with its signature as tsc declares it, without comments.
 * A change of the public surface is a line in the diff of that file. `--check` fails when the file is not what the source says.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSurface, type Surface } from './declarations.ts'
import { emitTypes } from './library-build.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = join(ROOT, 'api/kubeferry.txt')
const HEAD = 'The public surface of the library kubeferry, one name after the other. Written by `npm run api`; not to be edited.'

/** The report as text: what is exported, then what signatures mention without exporting it, so that a change there shows as well. */
export function report({ exported, hidden }: Surface): string {
  const named = [...exported]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { name: original, text }]) => `${name === original ? '' : `(exported as ${name})\n`}${text}`)
  const unnamed = hidden.map(({ module, name, text }) => ({ key: `${name} ${module}`, text: `(of src/${module}.ts)\n${text}` }))
  const below = unnamed.toSorted((left, right) => (left.key < right.key ? -1 : 1)).map(({ text }) => text)
  return `${[HEAD, ...named, 'Mentioned above and not exported:', ...below].join('\n\n')}\n`
}

export function currentReport(): string {
  const types = mkdtempSync(join(tmpdir(), 'ferry-api-'))
  try {
    emitTypes(types)
    return report(readSurface(types, 'entry/library'))
  } finally {
    rmSync(types, { recursive: true, force: true })
  }
}

function main(check: boolean): void {
  const text = currentReport()
  if (!check) {
    mkdirSync(join(ROOT, 'api'), { recursive: true })
    writeFileSync(FILE, text)
  } else if (readFileSync(FILE, 'utf8') !== text) {
    process.stderr.write('api/kubeferry.txt is not what the source says: run `npm run api`, and look at the diff\n')
    process.exitCode = 1
  }
}

if (import.meta.main) main(process.argv.includes('--check'))
