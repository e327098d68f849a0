/** A step that writes to an archive: the file is there when the step says so, and untouched when it failed. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ROOT } from '../house/source.ts'

test('build and push to an archive; a failed step leaves it as it was', { timeout: 60_000 }, async () => {
  const place = await mkdtemp(join(tmpdir(), 'ferry-step-'))
  onTestFinished(() => rm(place, { recursive: true }))
  await writeFile(join(place, 'hello.txt'), 'hello')
  const ferry = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'src/entry/cli.ts'), ...args], { cwd: place, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: place } })
  const built = ferry('build', '.', '--to', 'oci-archive:out.tar:dev-v1.0-1', '--layers', 'hello.txt=/hello.txt', '--output', 'json')
  expect(built.stderr + built.stdout).toContain('sha256:')
  expect(built.status).toBe(0)
  expect((await readdir(place)).filter((name) => name.startsWith('.ferry'))).toEqual([])
  const copied = ferry('push', 'oci-archive:out.tar:dev-v1.0-1', 'oci:layout:dev-v1.0-1')
  expect(copied.status, copied.stderr).toBe(0)
  const into = ferry('push', 'oci:layout:dev-v1.0-1', 'oci-archive:out.tar:dev-v1.0-2')
  expect(into.status, into.stderr).toBe(0)
  const before = await readFile(join(place, 'out.tar'))
  // The build number goes backwards: refused after the archive was opened.
  await writeFile(join(place, 'hello.txt'), 'changed')
  ferry('build', '.', '--to', 'oci:other:dev-v1.0-1', '--layers', 'hello.txt=/hello.txt')
  const refused = ferry('push', 'oci:other:dev-v1.0-1', 'oci-archive:out.tar:dev-v1.0-2')
  expect(refused.status).toBe(8)
  expect(Buffer.compare(await readFile(join(place, 'out.tar')), before)).toBe(0)
  expect((await readdir(place)).filter((name) => name.startsWith('.ferry'))).toEqual([])
  const wrong = ferry('push', 'oci:layout:dev-v1.0-1', 'docker-archive:x.tar:app:dev-v1.0-1')
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('oci-archive:FILE.tar:tag')
})
