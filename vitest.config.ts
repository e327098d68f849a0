import { defineConfig } from 'vitest/config'

/** Two workers: the machines this runs on have two cores, and tests start real servers and programs. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    reporters: ['default', './tools/peers/reporter.ts'],
  },
})
