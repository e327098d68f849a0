/** The examples for Jenkins, run as they stand. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { createOpener } from '../../../src/registry/target/open.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type GroovyServer, type PipelineOutcome, ROOT, startGroovyServer } from './groovy-server.ts'
import { openScene, type Scene, SECRETS } from './scene.ts'

describePeers(['groovy', 'groovy-cps', 'jenkins-pipeline-unit', 'junit'], 'examples/jenkins', () => {
  let server: GroovyServer
  let scene: Scene
  beforeAll(async () => {
    server = startGroovyServer()
    await server.ready()
    scene = await openScene()
  })
  afterAll(async () => {
    await server.close()
    await scene.close()
  })

  async function run(name: string, mode: 'plain' | 'cps', variables: Record<string, string>): Promise<PipelineOutcome> {
    const outcome = await server.run({
      text: readFileSync(join(ROOT, 'examples/jenkins', name), 'utf8'),
      mode,
      workspace: scene.directory(),
      source: scene.source,
      credentials: scene.credentials,
      variables,
    })
    expect({ error: outcome.error, log: outcome.error === null ? '' : outcome.log }).toEqual({ error: null, log: '' })
    expect(outcome.problems).toEqual([])
    for (const secret of SECRETS) expect(outcome.raw).not.toContain(secret)
    return outcome
  }

  async function digests(repository: string, tags: readonly string[]): Promise<(string | undefined)[]> {
    const opener = createOpener({ credentials: { dockerConfigFiles: [], environment: {} }, plainHttp: [], userAgent: 'test' })
    try {
      const { target } = opener.open(repository)
      return await Promise.all(tags.map(async (tag) => (await target.resolve(parseTag(tag), freeCall()))?.digest))
    } finally {
      opener.close()
    }
  }

  test.each(['plain', 'cps'] as const)('Jenkinsfile, %s: one digest from dev to staging; prod only from main', async (mode) => {
    const repository = `${scene.open}/pay/${mode}`
    const outcome = await run('Jenkinsfile', mode, { REPOSITORY: repository, BUILD_NUMBER: '1024', BRANCH_NAME: 'feature/x' })
    expect(outcome.trace.filter((step) => step === 'sh')).toHaveLength(5)
    const [dev, staging, prod] = await digests(repository, ['dev-v1.2-1024', 'staging-v1.2-1024', 'prod-v1.2-1024'])
    expect(dev).toMatch(/^sha256:/)
    expect([staging, prod]).toEqual([dev, undefined])
    await run('Jenkinsfile', mode, { REPOSITORY: repository, BUILD_NUMBER: '1025', BRANCH_NAME: 'main' })
    const [next, released] = await digests(repository, ['dev-v1.2-1025', 'prod-v1.2-1025'])
    expect(released).toBe(next)
  })

  test.each(['plain', 'cps'] as const)('three lines, %s', async (mode) => {
    expect(readFileSync(join(ROOT, 'examples/jenkins/three-lines.Jenkinsfile'), 'utf8').trimEnd().split('\n')).toHaveLength(3)
    const number = mode === 'plain' ? '31' : '32'
    await run('three-lines.Jenkinsfile', mode, { BUILD_NUMBER: number })
    const [dev, staging] = await digests(`${scene.open}/team/piped`, [`dev-v1.2-${number}`, `staging-v1.2-${number}`])
    expect(dev).toMatch(/^sha256:/)
    expect(staging).toBe(dev)
  })
})
