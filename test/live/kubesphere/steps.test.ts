/**
 * Every step template, rendered as ks-devops renders it, and its shell command really run: what was typed into the form arrives
 * as it was, and nothing of it is executed.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { kubesphereFiles } from '../../../src/hosts/kubesphere/files.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { type RunningRegistry, serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import type { AnyStep } from '../../../src/step/step.ts'
import { STEPS } from '../../../src/steps/index.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { boundVariables, type Escape, render, runShell, type StoredSecret } from './pipeline-step.ts'

const steps: AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))
const ESCAPES: readonly Escape[] = ['full', 'newline']

/** Each would do something if it were ever read as shell, Go template, JSON, Groovy or a query. */
const ODD: readonly string[] = [
  `it's`,
  `say "hi"`,
  '$(touch PWNED)',
  '`touch PWNED`',
  `'; touch PWNED; '`,
  `'\n touch PWNED\n'`,
  '"; touch PWNED; "',
  '\\',
  '\\n\\',
  'a&b=c&to=evil',
  '100% + 1',
  '%27%3B touch PWNED',
  '{{ .secret }}{{ `x` }}',
  '${HOME} $HOME ${1/0} !!',
  '<no value>x',
  '</script>&amp;',
  'a\tb\r\nc\u0001\u007f',
  '船舶 größe \u202e \u2028 🚢',
  '"}]}, {"name": "sh", "arguments": []',
  ' leading and trailing ',
]

let top: string
let key: StoredSecret
let registry: RunningRegistry
const KEY_PASSWORD = `kpw-canary'"$(id)`
const REGISTRY_PASSWORD = `rpw-canary'"$x\\`

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'ferry-kubesphere-'))
  registry = await serveRegistry({ directory: join(top, 'registry'), auth: { username: 'robot$pay+ci', password: new Secret(REGISTRY_PASSWORD) } })
  const pair = createKeyPair(new Secret(KEY_PASSWORD))
  key = { password: pair.privatePem.reveal() }
  mkdirSync(join(top, 'source/app'), { recursive: true })
  writeFileSync(join(top, 'source/app/hello.txt'), 'hello\n')
  writeFileSync(join(top, 'source/signer.pub'), pair.publicPem)
  writeFileSync(
    join(top, 'source/ferry.yaml'),
    `image: ${registry.host}/team/piped\nbuild: { context: app }\npipeline:\n  - build\n  - step: push\n    with: { environment: dev }\n  - sign\n  - step: promote\n    with: { to: staging, publicKey: signer.pub }\n`,
  )
})
afterAll(async () => {
  await registry.close()
  rmSync(top, { recursive: true, force: true })
})

/** Written from the definitions, so that a stale file in kubesphere/steps cannot hide a fault. */
function templateFile(step: AnyStep): string {
  const file = join(top, `ferry-${step.name}.yaml`)
  writeFileSync(file, kubesphereFiles.files([step])[0]?.text ?? '')
  return file
}

const valuesOf = (step: AnyStep): string[] =>
  Object.entries(inputsOf(step))
    .filter(([name, field]) => field.shape !== 'secret' && name !== 'registryUsername')
    .map(([name]) => name)

describePeers(['kstemplate'], 'step templates', ({ kstemplate }) => {
  describe.each(steps.map((step) => [step.name, step] as const))('ferry-%s', (name, step) => {
    test.each(ESCAPES)('every value arrives as it was typed, and nothing is executed (escape %s)', async (escape) => {
      const directory = mkdtempSync(join(top, 'ws-'))
      const names = valuesOf(step)
      // Every input meets several odd texts, and every odd text several inputs.
      for (let shift = 0; shift < ODD.length; shift += names.length > ODD.length ? ODD.length : Math.max(1, Math.floor(ODD.length / 4))) {
        const params = Object.fromEntries(names.map((input, index) => [input, ODD[(index + shift) % ODD.length] ?? '']))
        const { script } = await render(kstemplate.bin, templateFile(step), params, { escape })
        const outcome = await runShell(script, directory, {}, 'note')
        expect(outcome).toMatchObject({ exitCode: 0, log: '', argv: name })
        expect(Object.fromEntries(new URLSearchParams(outcome.query))).toEqual(params)
        expect(readdirSync(directory)).toEqual([])
      }
    })

    test.each(ESCAPES)('a form that was left empty gives no value at all (escape %s)', async (escape) => {
      const { script, around } = await render(kstemplate.bin, templateFile(step), {}, { escape })
      const { query } = await runShell(script, mkdtempSync(join(top, 'ws-')), {}, 'note')
      expect([...new Set(new URLSearchParams(query).values())]).toEqual(['<no value>'])
      expect(around.map((outer) => [outer.name, outer.value])).toEqual([['container', 'ferry']])
    })

    test('a credential is bound around the command; the names of others cannot break out of their quotes', async () => {
      const secrets = Object.entries(inputsOf(step)).flatMap(([input, field]) => (field.shape === 'secret' && input !== 'registryPassword' ? [input] : []))
      const params = Object.fromEntries(secrets.map((input) => [input, `x', variable: 'PATH'), string(credentialsId: "${input}`]))
      const { around } = await render(kstemplate.bin, templateFile(step), params, { credential: 'harbor' })
      expect(around.map((outer) => outer.name)).toEqual(['container', 'withCredentials', ...secrets.map(() => 'withCredentials')])
      expect(around[1]?.value).toContain(`usernamePassword(credentialsId: 'harbor'`)
      for (const outer of around.slice(2)) expect(outer.value).toMatch(/^\$\{\[string\(credentialsId: '[\w%+.~-]+', variable: 'FERRY_[A-Z_]+'\)\]\}$/)
    })
  })

  test('any text arrives', async () => {
    const directory = mkdtempSync(join(top, 'ws-'))
    const tag = steps.find((step) => step.name === 'tag')
    if (tag === undefined) throw new Error('no step tag')
    const file = templateFile(tag)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...ESCAPES), async (text, escape) => {
        const { script } = await render(kstemplate.bin, file, { subjects: text }, { escape })
        const { query, log } = await runShell(script, directory, {}, 'note')
        expect(log).toBe('')
        expect(new URLSearchParams(query).get('subjects')).toBe(text)
      }),
      { numRuns: 25 },
    )
    expect(readdirSync(directory)).toEqual([])
  })

  describe('the steps one after the other, with the real command line', () => {
    let directory: string
    beforeAll(() => {
      directory = mkdtempSync(join(top, 'ws-'))
      cpSync(join(top, 'source'), directory, { recursive: true })
    })

    async function run(name: string, params: Readonly<Record<string, unknown>>, escape: Escape = 'full'): Promise<{ exitCode: number; log: string }> {
      const step = steps.find((one) => one.name === name)
      if (step === undefined) throw new Error(`no step ${name}`)
      const rendered = await render(kstemplate.bin, templateFile(step), params, { escape, credential: 'harbor' })
      const secrets = { harbor: { username: 'robot$pay+ci', password: REGISTRY_PASSWORD }, 'ferry-key': key, 'ferry-key-password': { password: KEY_PASSWORD } }
      const outcome = await runShell(rendered.script, directory, { BUILD_NUMBER: '7', ...boundVariables(rendered, secrets) }, 'real')
      for (const canary of ['kpw-canary', 'rpw-canary', 'PRIVATE KEY']) expect(outcome.log + outcome.argv + outcome.query).not.toContain(canary)
      expect(outcome.log).not.toMatch(/^\+/m)
      return outcome
    }
    const good = async (name: string, params: Readonly<Record<string, unknown>>, escape?: Escape): Promise<string> => {
      const outcome = await run(name, params, escape)
      expect({ exitCode: outcome.exitCode, log: outcome.exitCode === 0 ? '' : outcome.log }).toEqual({ exitCode: 0, log: '' })
      return outcome.log
    }
    const keys = { key: 'ferry-key', keyPassword: 'ferry-key-password' }
    const repository = (): string => `${registry.host}/team/hello`
    const output = (step: string, name: string): string => readFileSync(join(directory, '.ferry/out', step, name), 'utf8')

    test('build: labels with everything in them', async () => {
      await good(
        'build',
        {
          context: 'app',
          to: 'oci:out:dev-v1.0-7',
          labels: `quote=it's "here"\ncommand=$(touch PWNED) \`id\`\nname=船舶 größe & 100% + \\`,
          platforms: 'linux/amd64\nlinux/arm64',
        },
        'newline',
      )
      expect(output('build', 'image')).toBe('oci:out:dev-v1.0-7')
      expect(output('build', 'digests').split('\n')).toHaveLength(2)
      const blob = (digest: string): never => JSON.parse(readFileSync(join(directory, 'out/blobs/sha256', digest.replace('sha256:', '')), 'utf8')) as never
      const manifest: { config: { digest: string } } = blob(output('build', 'digests').split('\n')[0] ?? '')
      const config: { config: { Labels: object } } = blob(manifest.config.digest)
      expect(config.config.Labels).toMatchObject({ quote: `it's "here"`, command: '$(touch PWNED) `id`', name: '船舶 größe & 100% + \\' })
      expect(existsSync(join(directory, 'PWNED'))).toBe(false)
    })

    test('push with the login, sign with key and password, verify, promote', async () => {
      expect(await good('push', { image: 'oci:out:dev-v1.0-7', to: repository(), environment: 'dev', version: 'v1.0' })).toContain(
        `ferry: image=${repository()}:dev-v1.0-7`,
      )
      await good('sign', { image: `${repository()}:dev-v1.0-7`, ...keys })
      await good('verify', { image: `${repository()}:dev-v1.0-7`, publicKey: readFileSync(join(directory, 'signer.pub'), 'utf8') }, 'newline')
      expect(output('verify', 'verified')).toBe('true')
      expect(await good('promote', { image: `${repository()}:dev-v1.0-7`, to: 'staging', publicKey: 'signer.pub', apply: false })).toContain(
        'Nothing was changed.',
      )
      await good('promote', { image: `${repository()}:dev-v1.0-7`, to: 'staging', publicKey: 'signer.pub', apply: true })
      expect([output('promote', 'changed'), output('promote', 'digest')]).toEqual(['true', output('push', 'digest')])
    })

    test('tag, and the whole pipeline of ferry.yaml', async () => {
      await good('tag', { action: 'next', subjects: repository(), environment: 'dev', version: 'v1.0' })
      expect(output('tag', 'tag')).toBe('dev-v1.0-8')
      await good('run', { version: 'v2.0', apply: 'true', ...keys })
      expect(output('run', 'image')).toBe(`${registry.host}/team/piped:staging-v2.0-7`)
    })

    test('a step that fails fails the build, with the inputs named as the form names them', async () => {
      const outcome = await run('promote', { image: `${repository()}:dev-v1.0-7`, to: 'nowhere', timeout: 'soon' })
      expect(outcome.exitCode).toBe(2)
      for (const words of ['to is "nowhere"', 'timeout is "soon"']) expect(outcome.log).toContain(words)
    })
  })
})
