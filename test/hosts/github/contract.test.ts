/** What the runner hands to an action and what it reads back: outputs, summary, annotations, masks, exit codes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { derivedForms } from '../../../src/kit/redact.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { startScripted } from '../../registry/scripted.ts'
import { type ActionWorld, createActionWorld, PASSWORD } from './world.ts'

let world: ActionWorld

// Every run is a process of its own, and machines of CI are slow.
const PATIENT = { timeout: 60_000 }

beforeAll(async () => {
  world = await createActionWorld()
})
afterAll(() => world.close())

const names = (commands: readonly { readonly name: string }[]): string[] => commands.map(({ name }) => name)

describe('outputs', PATIENT, () => {
  test('are texts; lists are JSON, switches true or false', async () => {
    const built = await world.run('build', { context: 'app', to: 'oci:./out:dev-v1.0-1', platforms: 'linux/amd64\nlinux/arm64' })
    expect(built.exitCode).toBe(0)
    expect(built.outputs).toEqual({ image: 'oci:./out:dev-v1.0-1', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), digests: expect.any(String) })
    expect(JSON.parse(built.outputs['digests'] ?? '')).toHaveLength(2)
    expect(built.others).toEqual({ GITHUB_ENV: '', GITHUB_PATH: '', GITHUB_STATE: '' })
  })

  test('pass from step to step: build, push, sign, verify, promote', async () => {
    const { place, digest } = await world.image('dev-v1.0-2')
    const facts = { GITHUB_RUN_NUMBER: '17' }
    const pushed = await world.run('push', { image: place, to: `${world.registry}/team/chain`, environment: 'dev', version: 'v1.0' }, { variables: facts })
    expect(pushed.outputs).toEqual({ image: `${world.registry}/team/chain:dev-v1.0-17`, digest, tag: 'dev-v1.0-17', changed: 'true' })
    const image = pushed.outputs['image'] ?? ''
    const signed = await world.run('sign', { image, key: world.privatePem, 'key-password': PASSWORD })
    expect(signed).toMatchObject({ exitCode: 0, outputs: { digest, changed: 'true' } })
    expect(await world.run('verify', { image, 'public-key': world.publicPem })).toMatchObject({ exitCode: 0, outputs: { digest, verified: 'true' } })
    const promoted = await world.run('promote', { image, to: 'staging', 'public-key': world.publicPem, apply: 'true' })
    expect(promoted.outputs).toEqual({ image: `${world.registry}/team/chain:staging-v1.0-17`, digest, changed: 'true', applied: 'true' })
    expect(promoted.summary).toContain('| image |')
  })

  test('without GITHUB_OUTPUT the step fails and says why: lost outputs are no success', async () => {
    const outcome = await world.run('tag', { action: 'parse', subjects: 'prod-v1.2-1024' }, { variables: { GITHUB_OUTPUT: undefined } })
    expect(outcome.exitCode).toBe(1)
    expect(outcome.log).toContain('GITHUB_OUTPUT is not set')
    expect(names(outcome.commands)).toEqual(['error'])
  })

  test('a GITHUB_OUTPUT that cannot be written fails the step', async () => {
    const outcome = await world.run('tag', { action: 'parse', subjects: 'prod-v1.2-1024' }, { variables: { GITHUB_OUTPUT: '/nowhere/output' } })
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.log).toMatch(/GITHUB_OUTPUT|\/nowhere\/output/)
    expect(names(outcome.commands)).toEqual(['error'])
  })

  test('a summary that cannot be written is no failure', async () => {
    const outcome = await world.run('tag', { action: 'parse', subjects: 'prod-v1.2-1024' }, { variables: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } })
    expect(outcome).toMatchObject({ exitCode: 0, outputs: { tag: 'prod-v1.2-1024' } })
  })
})

describe('inputs', PATIENT, () => {
  test('one that is not declared is an error: the runner passes it all the same', async () => {
    const outcome = await world.run('promote', { image: 'r.example/a:dev-v1-1', to: 'staging', aply: 'true' })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.log).toContain('aply is not an input of promote')
    expect(outcome.log).toContain('Did you mean apply?')
  })

  test.each(['yes', '1', 'on', 'tRUE', ' true'])('a switch is not "%s" (actions/setup-java#1160)', async (value) => {
    const outcome = await world.run('promote', { image: 'r.example/a:dev-v1-1', to: 'staging', apply: value })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.log).toContain('apply is "')
  })

  test('all that are wrong are in the annotation, each under its name in the workflow', async () => {
    const outcome = await world.run('promote', { to: 'prodd', 'allow-rollback': 'maybe', timeout: 'soon' })
    expect(outcome.exitCode).toBe(2)
    const [annotation] = outcome.commands
    expect(annotation).toMatchObject({ name: 'error', properties: { title: 'ferry promote' } })
    for (const name of ['image is missing', 'to is "prodd"', 'allow-rollback is "maybe"', 'timeout is "soon"']) expect(annotation?.data).toContain(name)
    expect(annotation?.data.length).toBeLessThan(4096)
  })

  test('ferry.yaml and the environment count where `with` is silent (a default in action.yml hid them)', async () => {
    const directory = join(world.directory, 'configured')
    mkdirSync(join(directory, 'sub'), { recursive: true })
    writeFileSync(join(directory, 'sub', 'only.txt'), 'x')
    writeFileSync(join(directory, 'ferry.yaml'), 'build:\n  context: sub\n')
    const whole = await world.run('build', { to: 'oci:../out:whole', context: '.' }, { directory })
    const byFile = await world.run('build', { to: 'oci:../out:byfile' }, { directory })
    const byVariable = await world.run('build', { to: 'oci:../out:byvariable' }, { directory, variables: { FERRY_CONTEXT: '.' } })
    expect(byFile.exitCode).toBe(0)
    expect(byFile.outputs['digest']).not.toBe(whole.outputs['digest'])
    expect(byVariable.outputs['digest']).toBe(whole.outputs['digest'])
  })

  test('commit and source of the run are in the image', async () => {
    const variables = { GITHUB_SHA: 'a'.repeat(40), GITHUB_SERVER_URL: 'https://ghes.example', GITHUB_REPOSITORY: 'team/app' }
    const plain = await world.run('build', { context: 'app', to: 'oci:./facts:plain' })
    const known = await world.run('build', { context: 'app', to: 'oci:./facts:known' }, { variables })
    const given = await world.run('build', { context: 'app', to: 'oci:./facts:given', revision: 'a'.repeat(40), source: 'https://ghes.example/team/app' })
    expect(known.outputs['digest']).not.toBe(plain.outputs['digest'])
    expect(known.outputs['digest']).toBe(given.outputs['digest'])
  })
})

describe('secrets', PATIENT, () => {
  test('are masked before anything else is printed: whole, escaped, and line by line', async () => {
    const { place } = await world.image('dev-v1.0-3')
    const outcome = await world.run('sign', { image: place, key: world.privatePem, 'key-password': PASSWORD }, { variables: { RUNNER_DEBUG: '1' } })
    expect(outcome.exitCode).toBe(0)
    const lines = outcome.printed.split('\n')
    const first = lines.findIndex((line) => !line.startsWith('::add-mask::'))
    expect(first).toBeGreaterThan(0)
    expect(lines.slice(first).filter((line) => line.startsWith('::add-mask::'))).toEqual([])
    expect(outcome.masks).toContain(PASSWORD)
    expect(outcome.masks).toContain(world.privatePem)
    for (const line of world.privatePem.trim().split('\n')) expect(outcome.masks).toContain(line)
    const visible = outcome.log + outcome.summary + JSON.stringify(outcome.outputs)
    for (const form of [...derivedForms(PASSWORD), ...derivedForms(world.privatePem)]) expect(visible).not.toContain(form)
  })

  test('do not turn up in failures either', async () => {
    const other = createKeyPair(new Secret('another-password'))
    const { place } = await world.image('dev-v1.0-4')
    const inputs = { image: place, key: other.privatePem.reveal(), 'key-password': PASSWORD }
    const outcome = await world.run('sign', inputs, { variables: { RUNNER_DEBUG: '1' } })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.log).toContain('KEY_PASSWORD_WRONG')
    expect(outcome.log + outcome.summary).not.toContain(PASSWORD)
  })

  test('a password is masked in every form in which it travels', async () => {
    const seen: string[] = []
    const registry = await startScripted(({ headers }, response) => {
      if (headers.authorization !== undefined) seen.push(headers.authorization)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="here"', 'content-type': 'application/json' })
      response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: `no ${headers.authorization ?? ''} please` }] }))
      return true
    })
    try {
      const inputs = { image: `${registry.host}/a/b:dev-v1-1`, 'public-key': world.publicPem, 'registry-username': 'robot', 'registry-password': PASSWORD }
      const outcome = await world.run('verify', inputs)
      expect(outcome.exitCode).toBe(4)
      expect(seen.length).toBeGreaterThan(0)
      const base64 = Buffer.from(`robot:${PASSWORD}`).toString('base64')
      expect(seen).toContain(`Basic ${base64}`)
      expect(
        outcome.printed
          .split('\n')
          .filter((line) => !line.startsWith('::add-mask::'))
          .join('\n'),
      ).not.toContain(base64)
      expect(outcome.summary).not.toContain(base64)
    } finally {
      await registry.close()
    }
  })
})

describe('failures', PATIENT, () => {
  test('one annotation, the exit code of the table, the summary says it', async () => {
    const outcome = await world.run('verify', { image: `${world.registry}/team/none:dev-v1.0-1`, 'public-key': world.publicPem })
    expect(outcome.exitCode).toBe(2)
    expect(names(outcome.commands)).toEqual(['error'])
    expect(outcome.commands[0]?.data).toMatch(/^IMAGE_NOT_FOUND {2}/)
    expect(outcome.summary).toContain('failed (exit 2)')
    expect(outcome.outputs).toEqual({})
  })

  test('a stack only when the run is debugged', async () => {
    const inputs = { image: `${world.registry}/team/none:dev-v1.0-1`, 'public-key': world.publicPem }
    const quiet = await world.run('verify', inputs)
    const loud = await world.run('verify', inputs, { variables: { RUNNER_DEBUG: '1' } })
    expect(quiet.printed).not.toMatch(/^ferry: .*\bat /m)
    expect(loud.printed).toMatch(/^ferry: .*\bat /m)
  })

  test('a cancelled run ends with 130, and no tag was written', async () => {
    let asked: (() => void) | undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    const registry = await startScripted(() => {
      asked?.()
      return new Promise<boolean>(() => undefined)
    })
    try {
      const { place } = await world.image('dev-v1.0-5')
      const running = world.run('push', { image: place, to: `${registry.host}/team/app:dev-v1.0-5` }, { interrupt: waiting })
      const outcome = await running
      expect(outcome.exitCode).toBe(130)
      expect(outcome.commands.at(-1)?.data).toMatch(/^INTERRUPTED/)
      expect(registry.seen.filter(({ method }) => method === 'PUT')).toEqual([])
    } finally {
      await registry.close()
    }
  })
})
