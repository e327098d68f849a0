/** Every generated Task for real: Tekton's own entrypoint, the bundle, a registry on loopback. In order: what one writes the next ones find. */
import { existsSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { upperSnake } from '../../../src/step/names.ts'
import type { Output, OutputValue } from '../../../src/step/output.ts'
import type { AnyStep } from '../../../src/step/step.ts'
import { STEPS } from '../../../src/steps/index.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { taskOf } from './generated.ts'
import { CANARY, openPlace, type Place, USER } from './place.ts'
import type { Kill } from './pod.ts'
import { runTask, type TaskOutcome, type TaskRun } from './task-run.ts'

// Real programs, several in a row: seconds on a quiet machine, more on one that is shared.
vi.setConfig({ testTimeout: 90_000 })

const DIGEST = /^sha256:[0-9a-f]{64}$/
const steps: readonly AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))

describePeers(['tekton-entrypoint', 'podns'], 'every Task through the entrypoint', () => {
  let place: Place
  const repository = (): string => `${place.open}/team/hello`
  beforeAll(async () => {
    place = await openPlace()
  })
  afterAll(async () => {
    await place.close()
  })

  function start(step: string, params: NonNullable<TaskRun['params']>, more: Partial<TaskRun> = {}): Promise<TaskOutcome> {
    return runTask({ task: taskOf(step), params, ...more, workspaces: { source: { directory: place.source }, ...more.workspaces } })
  }

  async function done(step: string, params: NonNullable<TaskRun['params']>, more: Partial<TaskRun> = {}): Promise<TaskOutcome> {
    const outcome = await start(step, params, more)
    expect({ exit: outcome.exitCode, log: outcome.exitCode === 0 ? '' : outcome.log }).toEqual({ exit: 0, log: '' })
    return outcome
  }

  test('tag', async () => {
    const { results } = await done('tag', { action: 'parse', subjects: ['prod-v1.2-1024'] }, { workspaces: {} })
    expect(results).toEqual({ tag: 'prod-v1.2-1024', environment: 'prod', version: 'v1.2', build: '1024', tags: '[]' })
  })

  test('build, to a layout in the workspace', async () => {
    const { results } = await done('build', { to: 'oci:./out:dev-v1.0-1', labels: ['who=größe & "quotes"', 'what=$(id)'] })
    expect(results).toMatchObject({ image: 'oci:./out:dev-v1.0-1', digest: expect.stringMatching(DIGEST), IMAGE_URL: '', IMAGE_DIGEST: '' })
    expect(JSON.parse(results['digests'] ?? '')).toHaveLength(2)
    expect(existsSync(join(place.source, 'out/index.json'))).toBe(true)
  })

  test('push, and the same again', async () => {
    const params = { image: 'oci:./out:dev-v1.0-1', to: repository(), environment: 'dev', version: 'v1.0' }
    const { results } = await done('push', params)
    const image = `${repository()}:dev-v1.0-1`
    expect(results).toMatchObject({ image, tag: 'dev-v1.0-1', changed: 'true', IMAGE_URL: image, IMAGE_DIGEST: results['digest'] })
    const again = await done('push', { ...params, to: image, environment: '', version: '' })
    expect(again.results).toMatchObject({ image, changed: 'false', digest: results['digest'] })
  })

  test('sign, with key and password from the workspace of secrets', async () => {
    const outcome = await done('sign', { image: `${repository()}:dev-v1.0-1` }, { workspaces: { secrets: { secret: place.signing } } })
    expect(outcome.results).toMatchObject({ digest: expect.stringMatching(DIGEST), changed: 'true' })
    expect(JSON.parse(outcome.results['signatures'] ?? '')).toHaveLength(3)
    expectNoCanary(outcome)
  })

  test('verify', async () => {
    const { results, log } = await done('verify', { image: `${repository()}:dev-v1.0-1`, 'public-key': place.publicKey })
    expect(results).toEqual({ digest: expect.stringMatching(DIGEST), verified: 'true' })
    expect(log).toContain('Signatures of')
  })

  test('promote: the plan is shown and changes nothing, and is carried out when told', async () => {
    const params = { image: `${repository()}:dev-v1.0-1`, to: 'staging', 'public-key': 'keys/signer.pub' }
    const plan = await done('promote', params)
    expect(plan.results).toMatchObject({ image: `${repository()}:staging-v1.0-1`, applied: 'false', changed: 'false', IMAGE_URL: '', IMAGE_DIGEST: '' })
    expect(plan.log).toContain('Nothing was changed')
    expect(await place.tagsOf(place.open)).toEqual(['dev-v1.0-1'])
    const applied = await done('promote', { ...params, apply: 'true' })
    expect(applied.results).toMatchObject({ applied: 'true', changed: 'true', digest: plan.results['digest'], IMAGE_URL: `${repository()}:staging-v1.0-1` })
    expect(await place.tagsOf(place.open)).toEqual(['dev-v1.0-1', 'staging-v1.0-1'])
  })

  test('a step that fails keeps its exit code, and its results are there and empty', async () => {
    await done('build', { to: 'oci:./out:other', labels: ['other=1'] })
    const outcome = await start('push', { image: 'oci:./out:other', to: `${repository()}:dev-v1.0-1` })
    expect(outcome.exitCode).toBe(8)
    expect(outcome.log).toContain('TAG_TAKEN')
    expect(outcome.results).toEqual({ image: '', digest: '', tag: '', changed: '', IMAGE_URL: '', IMAGE_DIGEST: '' })
  })

  test('bad params are reported together, as a Task spells them', async () => {
    const outcome = await start('promote', { image: 'UPPER/Case:tag', to: 'nowhere', apply: 'maybe' })
    expect(outcome.exitCode).toBe(2)
    for (const name of ['params.image', 'params.to', 'params.apply']) expect(outcome.log).toContain(name)
  })

  test.each(['config.json', '.dockerconfigjson'])('a docker config in the workspace, as %s', async (name) => {
    const params = { image: 'oci:./out:dev-v1.0-1', to: `${place.closed}/team/hello:dev-v1.0-1` }
    const outcome = await done('push', params, { workspaces: { dockerconfig: { secret: { [name]: place.dockerConfig } } } })
    expect(outcome.results['image']).toBe(params.to)
    expectNoCanary(outcome)
  })

  test('a password from the workspace of secrets; without one nothing is let in', async () => {
    const params = { image: 'oci:./out:dev-v1.0-1', to: `${place.closed}/team/hello:dev-v1.0-2` }
    const refused = await start('push', params)
    expect(refused.exitCode).toBe(4)
    const outcome = await done('push', { ...params, 'registry-username': USER }, { workspaces: { secrets: { secret: { 'registry-password': CANARY.login } } } })
    expectNoCanary(outcome)
  })

  test('run does what ferry.yaml says', async () => {
    const settings = {
      image: `${repository()}2`,
      build: { context: '.' },
      pipeline: ['build', { step: 'push', with: { environment: 'dev' } }, 'sign', { step: 'promote', with: { to: 'staging', publicKey: 'keys/signer.pub' } }],
    }
    writeFileSync(join(place.source, 'pipeline.yaml'), JSON.stringify(settings))
    const outcome = await done('run', { config: 'pipeline.yaml', version: 'v3.0', apply: 'true' }, { workspaces: { secrets: { secret: place.signing } } })
    expect(outcome.results).toMatchObject({
      image: `${repository()}2:staging-v3.0-1`,
      steps: '["build","push","sign","promote"]',
      digest: expect.stringMatching(DIGEST),
    })
    expectNoCanary(outcome)
  })

  test('cancelled: SIGTERM reaches the step, which ends within 5 s, and no tag is written [case 53]', async () => {
    const front = await openFront(place.open)
    let stopped = 0
    const outcome = await start(
      'push',
      { image: 'oci:./out:other', to: `${front.host}/team/hello:dev-v1.0-50` },
      {
        onStart(kill: Kill) {
          front.onManifest(() => {
            stopped = performance.now()
            kill('SIGTERM')
          })
        },
      },
    )
    const took = performance.now() - stopped
    await front.close()
    expect(stopped).toBeGreaterThan(0)
    expect(took).toBeLessThan(5000)
    expect([143, 130]).toContain(outcome.exitCode)
    expect(outcome.log).toContain('TERMINATED')
    expect(outcome.results['image']).toBe('')
    expect(await place.tagsOf(place.open)).not.toContain('dev-v1.0-50')
  })

  describe('4,096 bytes', () => {
    /** The Task with its outputs as long as they are declared, written by a program in place of ferry. */
    function filled(step: AnyStep, texts: Readonly<Record<string, string>>): Promise<TaskOutcome> {
      const [container] = taskOf(step.name).steps
      const program = 'const t = JSON.parse(process.env.TEXTS); for (const n in t) require("node:fs").writeFileSync(process.env["FERRY_RESULT_" + n], t[n])'
      const task = { ...taskOf(step.name), params: [], steps: [{ ...container, command: ['node', '-e', program], args: [] }] }
      return runTask({ task, variables: { TEXTS: JSON.stringify(texts) } })
    }

    const longest = ({ word, most }: Output<OutputValue>): string => {
      if (word !== 'list') return 'x'.repeat(most)
      const item = `sha256:${'a'.repeat(64)}`
      return JSON.stringify(Array.from({ length: Math.floor(most / (item.length + 3)) }, () => item))
    }

    test.each(steps.map((step) => [step.name, step] as const))('%s stays below with outputs as long as declared', async (_, step) => {
      const own = Object.entries(step.outputs).map(([name, output]): [string, string] => [upperSnake(name), longest(output)])
      const chains = taskOf(step.name).results?.some(({ name }) => name === 'IMAGE_URL') ? { IMAGE_URL: 'x'.repeat(600), IMAGE_DIGEST: 'x'.repeat(140) } : {}
      const outcome = await filled(step, { ...Object.fromEntries(own), ...chains })
      expect(outcome.exitCode, outcome.log).toBe(0)
      expect(outcome.steps[0]?.bytes).toBeLessThanOrEqual(4096)
      expect(Object.keys(outcome.results)).toHaveLength(taskOf(step.name).results?.length ?? 0)
    })

    test('more fails a program that succeeded', async () => {
      const [step] = steps
      if (step === undefined) throw new Error('no steps')
      const outcome = await filled(step, { IMAGE: 'x'.repeat(5000) })
      expect(outcome.exitCode).toBe(1)
    })

    test('ferry leaves out what would be too long, says so, and succeeds', async () => {
      const deep = Array.from({ length: 18 }, () => 'd'.repeat(200)).join('/')
      const outcome = await done('build', { to: `oci:${deep}:dev-v1.0-1` })
      expect(outcome.results).toMatchObject({ image: '', digest: expect.stringMatching(DIGEST) })
      expect(outcome.log).toContain('a result is longer than Tekton can carry and was left empty  result=image')
    })
  })
})

/** Neither in the words and variables that a pod shows to everybody who may read pods, nor in the log, nor in a result. */
function expectNoCanary({ steps: ran, results, log }: TaskOutcome): void {
  const seen = JSON.stringify([ran.map(({ argv, variables, entries }) => ({ argv, variables, entries })), results, log])
  for (const secret of [CANARY.login, CANARY.key, Buffer.from(`${USER}:${CANARY.login}`).toString('base64'), 'PRIVATE KEY']) expect(seen).not.toContain(secret)
}

interface Front {
  readonly host: string
  onManifest(then: () => void): void
  close(): Promise<void>
}

/** Passes everything on to a registry, but calls before the first manifest is written, and holds that back for a while. */
async function openFront(registry: string): Promise<Front> {
  const HELD_MS = 400
  let call: (() => void) | undefined
  const [host = '', port = '0'] = registry.split(':')
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), host)
    upstream.on('data', (chunk) => client.write(chunk))
    client.on('data', (chunk) => {
      const first = /^PUT \S*\/manifests\//.test(chunk.toString('latin1')) ? call : undefined
      if (first === undefined) upstream.write(chunk)
      else {
        call = undefined
        first()
        setTimeout(() => upstream.write(chunk), HELD_MS)
      }
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.end())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    host: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    onManifest(then) {
      call = then
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
