/** `npm run fuzz [-- target]`: 60 seconds for each reader, with a seed that is printed. FERRY_FUZZ_SECONDS, FERRY_FUZZ_SEED and FERRY_FUZZ_KEEP are passed on. */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const seconds = process.env['FERRY_FUZZ_SECONDS'] ?? '60'
const seed = process.env['FERRY_FUZZ_SEED'] ?? String(randomInt(1, 2 ** 31))
const target = process.argv[2]

process.stdout.write(`seed ${seed}, ${seconds} s for each target\n`)
const words = ['node_modules/vitest/vitest.mjs', 'run', 'test/fuzz', ...(target === undefined ? [] : ['-t', target])]
const { status } = spawnSync(process.execPath, words, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, FERRY_FUZZ_SECONDS: seconds, FERRY_FUZZ_SEED: seed },
})
process.exitCode = status ?? 1
