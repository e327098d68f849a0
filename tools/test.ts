/**
 * `npm test`: gets every real peer that can be had here (into .cache/, or FERRY_PEERS_DIR), then runs all tests. The table at
 * the end says what ran against which peer; FERRY_PEERS_STRICT=1 lets nothing be missing.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const strict = process.env['FERRY_PEERS_STRICT'] === '1'

function run(...words: string[]): number {
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' }).status ?? 1
}

const installed = run('tools/peers/install.ts', ...(strict ? ['--strict'] : []))
if (installed !== 0 && strict) process.exit(installed)
process.exit(run('node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)))
