/** The container image: what its recipes copy exists, and both recipes say the same. It is not built with its base here: that is in a hub. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { expect, test } from 'vitest'
import { IMAGE } from '../../../src/hosts/tekton/wiring.ts'
import { PRODUCT } from '../../../src/kit/product.ts'
import { ferryFile } from '../../../src/step/settings/schema.ts'
import { ROOT } from './documents.ts'

const dockerfile = readFileSync(join(ROOT, 'image/Dockerfile'), 'utf8')
const recipe = ferryFile.parse(load(readFileSync(join(ROOT, 'image/ferry.yaml'), 'utf8'))).build
const copies = [...dockerfile.matchAll(/^COPY (?:--chmod=(\d+) )?(\S+) (\S+)$/gm)].map(([, mode, from = '', to = '']) => ({
  from,
  to,
  ...(mode === undefined ? {} : { mode }),
}))

test('what is copied exists, and is let through to the builder', () => {
  const ignored = readFileSync(join(ROOT, 'image/Dockerfile.dockerignore'), 'utf8').split('\n')
  expect(copies.length).toBeGreaterThan(2)
  for (const { from } of copies) {
    expect(existsSync(join(ROOT, from)), from).toBe(true)
    expect(
      ignored.some((line) => line.startsWith('!') && `${from}/`.startsWith(`${line.slice(1)}/`)),
      from,
    ).toBe(true)
  }
})

test('both recipes give the same image', () => {
  const said = (name: string): string | undefined => new RegExp(`^${name} (.*)$`, 'm').exec(dockerfile)?.[1]
  expect(recipe?.layers).toEqual(copies)
  expect(said('ARG')).toBe(`BASE=${recipe?.base ?? ''}`)
  expect(said('USER')).toBe(recipe?.user)
  expect(said('WORKDIR')).toBe(recipe?.workdir)
  expect(JSON.parse(said('ENTRYPOINT') ?? '')).toEqual(recipe?.entrypoint)
  expect(said('ENV')).toBe(`HOME=${String(recipe?.env?.['HOME'])}`)
  const labels = [...dockerfile.matchAll(/(org\.[\w.]+)="([^"]+)"/g)].map(([, name = '', value = '']): [string, string] => [name, value])
  expect(recipe?.labels).toEqual(Object.fromEntries(labels))
})

test('it runs as nobody, on Node 24, at the version that the Tasks name', () => {
  expect(dockerfile).toMatch(/^USER 65532:65532$/m)
  expect(recipe?.base).toMatch(/^docker\.io\/library\/node:24\.\d+\.\d+-/)
  expect(recipe?.labels?.['org.opencontainers.image.version']).toBe(PRODUCT.version)
  expect(dockerfile).toContain(IMAGE)
})

test('what starts ferry is executable, and starts what is copied', () => {
  const file = join(ROOT, 'image/bin/ferry')
  expect(statSync(file).mode & 0o111).toBe(0o111)
  const start = /^exec node (\S+) "\$@"$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  expect(start).toBe(`${copies.find(({ from }) => from === 'dist')?.to ?? ''}/ferry.cjs`)
  const here = spawnSync(process.execPath, [join(ROOT, 'dist/ferry.cjs'), '--version'], { encoding: 'utf8' })
  expect(here.stdout).toBe(`${PRODUCT.version}\n`)
})

test('ferry builds it from its own recipe, here on no base', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-image-'))
  try {
    const { base, ...rest } = recipe ?? {}
    expect(base).toBeDefined()
    const config = join(folder, 'ferry.yaml')
    writeFileSync(config, dump({ build: { ...rest, context: ROOT } }))
    const words = ['build', ROOT, '--config', config, '--to', `oci:${join(folder, 'out')}:dev-v0.1.0-1`, '--output', 'json']
    const built = spawnSync(process.execPath, [join(ROOT, 'dist/ferry.cjs'), ...words], { encoding: 'utf8' })
    expect(built.status, built.stderr).toBe(0)
    const { outputs } = JSON.parse(built.stdout) as { outputs: { digests: string[] } }
    expect(outputs.digests).toHaveLength(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
