import { defineConfig } from 'vitest/config'

/**
 * What takes minutes (`*.long.ts`) runs with FERRY_LONG=1: in CI, and alone by `npm run test:long`.
 */
const long = process.env['FERRY_LONG']

/** Two workers: the machines this runs on have two cores, and tests start real servers and programs. */
export default defineConfig({
  test: {
    include: [...(long === 'only' ? [] : ['test/**/*.test.ts']), ...(long === undefined ? [] : ['test/**/*.long.ts'])],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    reporters: ['default', './tools/peers/reporter.ts'],
  },
})
