/** A disk that runs full: said as such, nothing torn, nothing left lying about. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makePlace } from './place.ts'

// A file system of a few MiB needs a mount namespace; not every machine gives one to its users.
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

describe.runIf(canMount)('a full disk', () => {
  test('is STORAGE_FULL, keeps what was there and leaves no temporary file [case 55]', { timeout: 60_000 }, async () => {
    const directory = await makePlace()
    const child = spawnSync('unshare', ['-rm', process.execPath, join(import.meta.dirname, 'full.ts'), directory], { encoding: 'utf8' })
    expect(child.stderr).toBe('')
    expect(JSON.parse(child.stdout)).toEqual({ outcome: 'STORAGE_FULL', index: 'STORAGE_FULL', leftovers: 0, tags: ['before'] })
  })
})
