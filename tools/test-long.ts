/** `npm run test:long`: what takes minutes, and is not part of `npm test`. CI runs it with the rest. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, FERRY_LONG: 'only' },
})
process.exitCode = status ?? 1
