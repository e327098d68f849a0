/** The example that the README and the demo build: what is committed is what the script makes, and it runs. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { GREETING, makeHello } from '../../examples/hello/make-hello.ts'

const BIN = join(import.meta.dirname, '../../examples/hello/bin')

test.each([...makeHello()])('%s is what the script makes', async (name, program) => {
  expect((await readFile(join(BIN, name))).equals(program)).toBe(true)
  expect((await stat(join(BIN, name))).mode & 0o111).not.toBe(0)
  expect(program.length).toBeLessThan(1024)
})

test.runIf(process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64'))('it runs here', async () => {
  const name = process.arch === 'x64' ? 'hello-amd64' : 'hello-arm64'
  const { stdout } = await execa(join(BIN, name), { stripFinalNewline: false })
  expect(stdout).toBe(GREETING)
})
