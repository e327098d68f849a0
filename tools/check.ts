/** `npm run check`: every static check, one line each; the output of those that fail. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const CHECKS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', 'src', 'test', 'tools', 'bench'] },
  { name: 'format', command: ['biome', 'check', '.'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'generated files', command: ['node', 'src/entry/generate.ts', '--check'] },
  { name: 'public surface', command: ['node', 'tools/api-report.ts', '--check'] },
  { name: 'bundle', command: ['node', 'tools/bundle.ts', '--check'] },
]

for (const { name, command } of CHECKS) {
  const started = performance.now()
  const [program = '', ...words] = command
  const run = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8' })
  const ok = run.status === 0
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  if (ok) continue
  process.stdout.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`)
  process.exitCode = 1
}
