/** The Pipelines and their PipelineRuns in examples/tekton, as typed but for the registry, run through the entrypoint. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { STEPS } from '../../../src/steps/index.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { stepActionOf, taskOf } from './generated.ts'
import { type PipelineOutcome, runPipeline } from './pipeline-run.ts'
import { CANARY, openPlace, type Place } from './place.ts'
import type { Volume } from './pod.ts'
import { type Given, type ParamValue, type PipelineSpec, type Resource, readResource, type StepActionSpec, type TaskSpec } from './resources.ts'

// Real programs, several in a row: seconds on a quiet machine, more on one that is shared.
vi.setConfig({ testTimeout: 90_000 })

const DIGEST = /^sha256:[0-9a-f]{64}$/
const REPOSITORY = 'harbor.example.com/team/hello'
const COMMIT = '8f2c0f4e8f2c0f4e8f2c0f4e8f2c0f4e8f2c0f4e'

interface RunSpec {
  readonly pipelineRef: { readonly name: string }
  readonly params: readonly Given[]
  readonly workspaces: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[]
}

const names = Object.keys(STEPS)

describePeers(['tekton-entrypoint', 'podns'], 'examples/tekton', () => {
  let place: Place
  beforeAll(async () => {
    place = await openPlace()
  })
  afterAll(async () => {
    await place.close()
  })

  /** In place of git-clone, which needs a git server: the checkout is copied. Params, results and paths are those of git-clone 1.5. */
  const copied = { env: [{ name: 'URL', value: '$(params.url)' }] } as const
  const script = (to: string, result: (name: string) => string): string[] => [
    '-euc',
    `cp -R "$1"/. ${to}; printf %s "$URL" > ${result('url')}; printf %s ${COMMIT} > ${result('commit')}`,
    'fetch',
    place.source,
  ]
  const cloneTask = (): TaskSpec => ({
    params: [{ name: 'url' }, { name: 'revision', default: '' }],
    workspaces: [{ name: 'output' }],
    results: [{ name: 'commit' }, { name: 'url' }],
    steps: [{ ...copied, name: 'clone', command: ['sh'], args: script('$(workspaces.output.path)', (name) => `$(results.${name}.path)`) }],
  })
  const cloneAction = (): StepActionSpec => ({
    ...copied,
    params: [{ name: 'url' }, { name: 'revision', default: '' }, { name: 'output-path' }],
    results: [{ name: 'commit' }, { name: 'url' }],
    command: ['sh'],
    args: script('$(params.output-path)', (name) => `$(step.results.${name}.path)`),
  })

  /** @param change params that differ from the example, and the volume of `source` */
  async function runExample(example: string, change: Readonly<Record<string, ParamValue>> = {}, source?: Volume): Promise<PipelineOutcome> {
    const { spec }: Resource<RunSpec> = readResource<RunSpec>(`examples/tekton/${example}.yaml`)
    const pipeline = readResource<PipelineSpec>(`tekton-tasks/pipelines/${spec.pipelineRef.name}.yaml`).spec
    const known = new Set(pipeline.params?.map(({ name }) => name))
    for (const { name } of spec.params) if (!known.has(name)) throw new Error(`the Pipeline has no param ${name}`)
    const given = spec.params.map(({ name, value }): [string, ParamValue] => [
      name,
      typeof value === 'string' ? value.replace(REPOSITORY, `${place.open}/team/hello`) : value,
    ])
    const secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      'registry-credentials': { 'config.json': place.dockerConfig },
      'signing-key': place.signing,
    }
    const workspaces = spec.workspaces.flatMap(({ name, secret }): [string, Volume][] => {
      if (secret === undefined) return source === undefined ? [] : [[name, source]]
      return [[name, { secret: secrets[secret.secretName] ?? {} }]]
    })
    return runPipeline({
      pipeline,
      params: { ...Object.fromEntries(given), ...change },
      workspaces: Object.fromEntries(workspaces),
      tasks: { 'git-clone': cloneTask(), ...Object.fromEntries(names.map((name) => [`ferry-${name}`, taskOf(name)])) },
      stepActions: { 'git-clone': cloneAction(), ...Object.fromEntries(names.map((name) => [`ferry-${name}`, stepActionOf(name)])) },
    })
  }

  const volume = (name: string): Volume => ({ directory: join(place.source, '..', name) })

  function expectDone(outcome: PipelineOutcome): void {
    expect({ succeeded: outcome.succeeded, log: outcome.succeeded ? '' : outcome.log }).toEqual({ succeeded: true, log: '' })
    for (const secret of [CANARY.key, CANARY.login]) expect(JSON.stringify(outcome.results) + outcome.log).not.toContain(secret)
  }

  test('build-push-sign: a commit becomes a signed image', async () => {
    mkdirSync(join(place.source, '../volume'))
    const outcome = await runExample('build-push-sign', {}, volume('volume'))
    expectDone(outcome)
    const image = `${place.open}/team/hello:dev-v1.0-1`
    expect(outcome.results).toEqual({ image, digest: expect.stringMatching(DIGEST), IMAGE_URL: image, IMAGE_DIGEST: outcome.results['digest'] })
    expect(outcome.tasks['report']?.log).toContain('fetch Succeeded, build Succeeded, push Succeeded, sign Succeeded, verify Succeeded, all Succeeded')
  })

  test('one-pod: the same with StepActions that share an emptyDir', async () => {
    const outcome = await runExample('one-pod')
    expectDone(outcome)
    const image = `${place.open}/team/hello:dev-v1.0-2`
    expect(outcome.results).toEqual({ image, digest: expect.stringMatching(DIGEST), IMAGE_URL: image, IMAGE_DIGEST: outcome.results['digest'] })
    expect(outcome.tasks['ship']?.steps.map(({ name }) => name)).toEqual(['fetch', 'build', 'push', 'sign', 'verify'])
  })

  test('one-pod: after a step that fails the others do not run, and no result is missing', async () => {
    const outcome = await runExample('one-pod', { environment: 'nowhere' })
    expect(outcome.succeeded).toBe(false)
    expect(outcome.tasks['ship']?.steps.map(({ exitCode }) => exitCode === 0)).toEqual([true, true, false, false, false])
    expect(outcome.tasks['ship']?.exitCode).toBe(2)
    expect(outcome.tasks['ship']?.steps.at(-1)?.log).not.toContain('ferry')
    expect(outcome.tasks['report']?.log).toContain('ship Failed')
  })

  test('promote: the plan without apply, the tag with it', async () => {
    const plan = await runExample('promote', { apply: 'false', 'public-key': place.publicKey })
    expectDone(plan)
    expect(plan.results).toMatchObject({ applied: 'false', IMAGE_URL: '' })
    expect(await place.tagsOf(place.open)).not.toContain('staging-v1.0-1')
    const outcome = await runExample('promote', { 'public-key': place.publicKey })
    expectDone(outcome)
    expect(outcome.results).toMatchObject({ image: `${place.open}/team/hello:staging-v1.0-1`, applied: 'true', digest: plan.results['digest'] })
    expect(await place.tagsOf(place.open)).toContain('staging-v1.0-1')
  })

  test('promote: with the key of somebody else nothing is promoted, and the report says where it ended', async () => {
    const outcome = await runExample('promote', { image: `${place.open}/team/hello:dev-v1.0-2` })
    expect(outcome.succeeded).toBe(false)
    expect(outcome.tasks['verify']?.exitCode).toBe(6)
    expect(outcome.tasks['report']?.log).toContain('verify Failed, promote None, all Failed')
    expect(outcome.results).toEqual({})
    expect(await place.tagsOf(place.open)).not.toContain('staging-v1.0-2')
  })

  test('run: what ferry.yaml says', async () => {
    const checkout = join(place.source, '../checkout')
    cpSync(place.source, checkout, { recursive: true })
    const settings = {
      image: `${place.open}/team/hello`,
      keys: { verify: ['keys/signer.pub'] },
      pipeline: ['build', { step: 'push', with: { environment: 'dev' } }, 'sign', 'verify'],
    }
    writeFileSync(join(checkout, 'ferry.yaml'), JSON.stringify(settings))
    const outcome = await runExample('run', {}, volume('checkout'))
    expectDone(outcome)
    expect(outcome.results).toEqual({ image: `${place.open}/team/hello:dev-v1.0-3`, digest: expect.stringMatching(DIGEST) })
  })
})
