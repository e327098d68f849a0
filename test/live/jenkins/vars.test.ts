/**
 * Every var, with the real command line doing the work: under Jenkins' own Groovy, and transformed and driven as Jenkins does it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type GroovyServer, type PipelineOutcome, type PipelineRun, startGroovyServer } from './groovy-server.ts'
import { openScene, type Scene, SECRETS } from './scene.ts'

const LIBRARY = "@Library('kubeferry') _\n"
const DIGEST = /^sha256:[0-9a-f]{64}$/

let server: GroovyServer
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(async () => {
  await scene.close()
})

type Given = Partial<PipelineRun> & { readonly text: string }

function suite(mode: 'plain' | 'cps'): void {
  let workspace: string
  let notes: string

  beforeAll(() => {
    workspace = scene.directory()
    notes = `${workspace}.notes`
    cpSync(scene.source, workspace, { recursive: true })
  })

  const repository = (): string => `${scene.open}/team/${mode}`

  /** Whatever else a test looks at: nothing unserialisable crossed a step, no secret is anywhere, and nothing is left behind. */
  async function run({ variables = {}, ...given }: Given): Promise<PipelineOutcome> {
    const outcome = await server.run({
      mode,
      workspace,
      credentials: scene.credentials,
      ...given,
      text: LIBRARY + given.text,
      variables: { BUILD_NUMBER: '7', FERRY_TEST_NOTES: notes, ...variables },
    })
    expect(outcome.problems).toEqual([])
    const seen = [outcome.raw, JSON.stringify(outcome.value), outcome.error ?? '', existsSync(notes) ? readFileSync(notes, 'utf8') : '']
    for (const secret of SECRETS) expect(seen.filter((text) => text.includes(secret))).toEqual([])
    expect(existsSync(`${workspace}@tmp`) ? readdirSync(`${workspace}@tmp`).filter((name) => name.startsWith('ferry-')) : []).toEqual([])
    expect(readdirSync(workspace)).not.toContain('in.json')
    return outcome
  }

  const good = async (given: Given): Promise<Record<string, unknown>> => {
    const outcome = await run(given)
    expect({ error: outcome.error, log: outcome.error === null ? '' : outcome.log }).toEqual({ error: null, log: '' })
    return outcome.value as Record<string, unknown>
  }

  test('ferryTag: lists go in and come out', async () => {
    expect(await good({ text: `return ferryTag(action: 'sort', subjects: ['dev-v1.2-1000', 'dev-v1.2-999'])` })).toEqual({
      tag: 'dev-v1.2-1000',
      environment: 'dev',
      version: 'v1.2',
      build: '1000',
      tags: ['dev-v1.2-999', 'dev-v1.2-1000'],
    })
    expect((await good({ text: `return ferryTag(action: 'sort')` }))['tags']).toEqual([])
  })

  test('ferryBuild: maps, quotes, unicode and GStrings arrive as they are', async () => {
    const labels = { quote: `it's "here"`, command: '$(id) `id` ${HOME}', name: '船舶 größe', backslash: '\\n\\' }
    const built = await good({
      text: `def name = 'app'\nreturn ferryBuild([context: "\${name}", to: 'oci:out:dev-v1.0-7', labels: theArgs.labels])`,
      args: { labels },
    })
    expect(built).toMatchObject({ image: 'oci:out:dev-v1.0-7', digest: expect.stringMatching(DIGEST), digests: [expect.stringMatching(DIGEST)] })
    expect(labelsOf(workspace, String(built['digest']))).toMatchObject(labels)
  })

  test('ferryPush: the build number is that of the build', async () => {
    expect(await good({ text: `return ferryPush(image: 'oci:out:dev-v1.0-7', to: '${repository()}', environment: 'dev', version: 'v1.0')` })).toMatchObject({
      image: `${repository()}:dev-v1.0-7`,
      tag: 'dev-v1.0-7',
      changed: true,
    })
  })

  test('ferrySign: key and password are credentials', async () => {
    const text = `return ferrySign(image: '${repository()}:dev-v1.0-7', keyCredentialsId: 'ferry-key', keyPasswordCredentialsId: 'ferry-key-password', annotations: [build: 7])`
    const signed = await good({ text })
    expect(signed).toMatchObject({ digest: expect.stringMatching(DIGEST), signatures: [expect.stringMatching(DIGEST)], changed: true })
    expect(await good({ text })).toEqual({ ...signed, changed: false })
  })

  test('ferryVerify', async () => {
    expect(await good({ text: `return ferryVerify(image: '${repository()}:dev-v1.0-7', publicKey: 'signer.pub', annotations: [build: 7])` })).toEqual({
      digest: expect.stringMatching(DIGEST),
      verified: true,
    })
  })

  test('ferryPromote: the plan is in the console; applying keeps the digest', async () => {
    const text = (more: string): string => `return ferryPromote(image: '${repository()}:dev-v1.0-7', to: 'staging', publicKey: 'signer.pub'${more})`
    const planned = await run({ text: text('') })
    expect(planned.value).toMatchObject({ changed: false, applied: false })
    expect(planned.log).toContain('Nothing was changed.')
    expect(await good({ text: text(', apply: true') })).toEqual({ ...(planned.value as object), changed: true, applied: true })
  })

  test('ferryRun: the pipeline of ferry.yaml', async () => {
    const ran = await good({
      text: `return ferryRun(version: "v\${1 + 1}.0", apply: true, keyCredentialsId: 'ferry-key', keyPasswordCredentialsId: 'ferry-key-password')`,
      variables: { BUILD_NUMBER: mode === 'plain' ? '8' : '9' },
    })
    expect(ran).toMatchObject({ image: `${scene.open}/team/piped:staging-v2.0-${mode === 'plain' ? 8 : 9}`, steps: ['build', 'push', 'sign', 'promote'] })
  })

  test('a login is one credential, and only where it was given', async () => {
    const text = (more: string): string => `return ferryPush(image: 'oci:out:dev-v1.0-7', to: '${scene.closed}/team/${mode}:dev-v1.0-7'${more})`
    expect(await good({ text: text(`, credentialsId: 'registry'`) })).toMatchObject({ changed: true })
    const without = await run({ text: text('') })
    expect(without).toMatchObject({ error: 'ferry push failed with exit code 4', exitCode: 4, result: 'FAILURE' })
    expect(without.log).toContain('AUTH_REQUIRED')
  })

  test('a step that fails ends the build with its exit code; a Jenkinsfile may catch it', async () => {
    const failed = await run({ text: `ferryVerify(image: 'oci:out:absent', publicKey: 'signer.pub')\necho 'not reached'` })
    expect(failed).toMatchObject({ error: 'ferry verify failed with exit code 2', result: 'FAILURE', exitCode: 2 })
    expect(failed.log).toContain('IMAGE_NOT_FOUND')
    expect(failed.log).not.toContain('not reached')
    const caught = await run({ text: `try { ferryVerify(image: 'oci:out:absent', publicKey: 'signer.pub') } catch (e) { echo 'caught: ' + e.message }` })
    expect(caught).toMatchObject({ error: null, result: 'SUCCESS' })
    expect(caught.log).toContain('caught: ferry verify failed with exit code 2')
  })

  test('what is no input is said with the name that was meant', async () => {
    const outcome = await run({ text: `ferryPromote(image: 'oci:out:dev-v1.0-7', to: 'staging', aply: true, keyCredentialsId: 'x')` })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.log).toContain('aply is not an input of promote')
    expect(outcome.log).toContain('Did you mean apply?')
    expect(outcome.log).toContain('keyCredentialsId is not an input of promote')
  })

  test('a secret as text never reaches a file or a process', async () => {
    const outcome = await run({
      text: `ferrySign(image: 'oci:out:dev-v1.0-7', key: './signer.key', keyPassword: theArgs.one, registryPassword: theArgs.two)`,
      args: { one: 'x', two: 'y' },
    })
    expect(outcome.exitCode).toBeNull()
    expect(outcome.trace).toEqual(['error'])
    for (const word of ['keyCredentialsId', 'keyPasswordCredentialsId', 'as credentialsId']) expect(outcome.error).toContain(word)
  })

  test('a credential that is not there, or not picked', async () => {
    expect((await run({ text: `ferrySign(image: 'oci:out:dev-v1.0-7', keyCredentialsId: 'nowhere')` })).error).toBe(
      "Could not find credentials entry with ID 'nowhere'",
    )
    // An empty id is no id: pipelines pass on parameters that may be empty.
    expect(await good({ text: `return ferryTag(action: 'parse', subjects: ['dev-v1.0-1'], credentialsId: '')` })).toMatchObject({ build: '1' })
  })

  test('an agent without ferry is told so', async () => {
    const outcome = await run({ text: `ferryTag(action: 'parse', subjects: ['dev-v1.0-1'], command: '/nowhere/ferry')` })
    expect(outcome.error).toBe('ferry tag failed with exit code 127: this agent cannot start /nowhere/ferry')
  })

  test('parallel calls do not share an exchange directory', async () => {
    const branches = [1, 2, 3, 4].map((number) => `b${number}: { ferryTag(action: 'parse', subjects: ['dev-v1.0-${number}']).build }`)
    const own = `${workspace}.parallel`
    expect(await good({ text: `return parallel(${branches.join(', ')})`, variables: { FERRY_TEST_NOTES: own } })).toEqual({
      b1: '1',
      b2: '2',
      b3: '3',
      b4: '4',
    })
    const places = readFileSync(own, 'utf8').match(/^\/.*ferry-tag-.*$/gm)
    expect(new Set(places).size).toBe(4)
  })

  test('nothing is traced by sh -x, and only constant words are on the command line', async () => {
    const outcome = await run({ text: `return ferryTag(action: 'parse', subjects: ['dev-v1.0-1'])` })
    expect(outcome.raw).not.toMatch(/^\+/m)
    const argv = readFileSync(notes, 'utf8').match(/^(?:tag|build|push|sign|verify|promote|run).*$/gm) ?? []
    expect(argv.filter((line) => line.includes(' '))).toEqual([])
    expect(new Set(argv).size).toBeGreaterThanOrEqual(5)
  })

  describe('an aborted build', () => {
    let silent: Server
    beforeAll(async () => {
      silent = createServer((socket) => void socket.on('error', () => undefined))
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    })
    afterAll(() => void silent.close())

    test('SIGTERM, as Jenkins sends it to all processes of a build, stops the step and the build', async () => {
      const address = silent.address()
      const place = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/team/hello:dev-v1.0-7`
      const outcome = await server.run({
        mode,
        workspace,
        text: `${LIBRARY}ferryPush(image: 'oci:out:dev-v1.0-7', to: '${place}')`,
        interrupt: { after: 2000, signal: 'TERM', abort: true },
      })
      expect(outcome).toMatchObject({ exitCode: 143, result: 'ABORTED', error: 'Aborted by a user' })
      expect(outcome.log).toContain('TERMINATED')
    })
  })
}

function labelsOf(workspace: string, digest: string): unknown {
  const blob = (name: string): { config: { digest: string; Labels?: object } } =>
    JSON.parse(readFileSync(join(workspace, 'out/blobs/sha256', name.replace('sha256:', '')), 'utf8')) as never
  return blob(blob(digest).config.digest).config.Labels
}

describePeers(['groovy', 'groovy-cps', 'jenkins-pipeline-unit', 'junit'], 'vars', () => {
  beforeAll(async () => {
    server = startGroovyServer()
    await server.ready()
  })
  afterAll(async () => {
    await server.close()
  })

  describe('under Groovy 2.4.21', () => suite('plain'))
  describe('through JenkinsPipelineUnit, CPS-transformed', () => suite('cps'))

  describe('what a var holds survives a restart of Jenkins', () => {
    test('in every step of our launcher', async () => {
      const outcome = await server.run({
        mode: 'cps-saved',
        workspace: scene.directory(),
        text: `${LIBRARY}return ferryTag(theArgs)`,
        args: { action: 'sort', subjects: ['dev-v1.2-1000', 'dev-v1.2-999'] },
      })
      expect({ error: outcome.error, problems: outcome.problems }).toEqual({ error: null, problems: [] })
      expect(outcome.value).toMatchObject({ tags: ['dev-v1.2-999', 'dev-v1.2-1000'] })
      expect(outcome.trace).toContain('sh')
    })

    test('which is shown by a var that holds a Matcher across a step', async () => {
      const library = scene.directory()
      mkdirSync(join(library, 'vars'))
      writeFileSync(join(library, 'vars/bad.groovy'), "def call() {\n def found = ('abc' =~ /b/)\n echo 'x'\n return found.find() ? 'y' : 'n'\n}\n")
      const text = `${LIBRARY}return bad()`
      expect(await server.run({ mode: 'plain', library, workspace: scene.directory(), text })).toMatchObject({ value: 'y' })
      expect((await server.run({ mode: 'cps-saved', library, workspace: scene.directory(), text })).error).toContain(
        'NotSerializableException: java.util.regex.Matcher',
      )
    })

    test('the harness notices a GString in sh and a value that cannot cross a step', async () => {
      const outcome = await server.run({ mode: 'plain', workspace: scene.directory(), text: 'sh "true ${1}"\necho(message: "x", other: new Object())' })
      expect(outcome.problems).toEqual(['sh was given a org.codehaus.groovy.runtime.GStringImpl', 'an argument of echo is not serializable: java.lang.Object'])
    })
  })
})
