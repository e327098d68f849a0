/** The pipelines of kubesphere/pipelines: rendered as ks-devops renders them, and the Jenkinsfile that comes out is run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type GroovyServer, ROOT, type StoredCredential, startGroovyServer } from '../jenkins/groovy-server.ts'
import { openScene, type Scene, SECRETS } from '../jenkins/scene.ts'

describePeers(['kstemplate', 'groovy', 'groovy-cps', 'jenkins-pipeline-unit', 'junit'], 'kubesphere/pipelines/ferry-run.yaml', ({ kstemplate }) => {
  let server: GroovyServer
  let scene: Scene
  let credentials: Record<string, StoredCredential>
  beforeAll(async () => {
    server = startGroovyServer()
    await server.ready()
    scene = await openScene()
    const file = scene.credentials['ferry-key']
    // KubeSphere has no secret files: the key is a secret text there.
    credentials = { ...scene.credentials, 'ferry-key': { kind: 'string', secret: file?.kind === 'file' ? file.content : '' } }
  })
  afterAll(async () => {
    await server.close()
    await scene.close()
  })

  async function render(params: Readonly<Record<string, unknown>>): Promise<string> {
    return (await execa(kstemplate.bin, [join(ROOT, 'kubesphere/pipelines/ferry-run.yaml'), '-'], { input: JSON.stringify(params) })).stdout
  }
  const picked = { registryCredential: 'registry', keyCredential: 'ferry-key', keyPasswordCredential: 'ferry-key-password' }

  test.each(['plain', 'cps'] as const)('checks out and runs ferry.yaml, %s', async (mode) => {
    const text = await render({ gitUrl: 'https://git.example.com/pay/api.git?a=b&c', gitBranch: 'feature/größe', version: 'v3.0', apply: true, ...picked })
    expect(await server.lint({ name: `rendered_${mode}`, text })).toBeUndefined()
    const workspace = scene.directory()
    const outcome = await server.run({ text, mode, workspace, source: scene.source, credentials, variables: { BUILD_NUMBER: mode === 'plain' ? '5' : '6' } })
    expect({ error: outcome.error, log: outcome.error === null ? '' : outcome.log, problems: outcome.problems }).toEqual({ error: null, log: '', problems: [] })
    expect(outcome.log).toContain('Cloning https://git.example.com/pay/api.git?a=b&c')
    for (const secret of SECRETS) expect(outcome.raw).not.toContain(secret)
    expect(readFileSync(join(workspace, '.ferry/out/run/image'), 'utf8')).toBe(`${scene.open}/team/piped:staging-v3.0-${mode === 'plain' ? 5 : 6}`)
  })

  test('nothing that is typed becomes Groovy or shell', async () => {
    const odd = `'); sh 'touch PWNED'; ('$(touch PWNED)\`touch PWNED\`"\n\\`
    const text = await render({ gitUrl: odd, gitBranch: odd, gitCredential: 'x', version: odd, apply: true, ...picked })
    const workspace = scene.directory()
    const outcome = await server.run({ text, mode: 'plain', workspace, source: scene.source, credentials })
    expect(outcome.trace.filter((step) => step === 'sh')).toHaveLength(1)
    expect(outcome).toMatchObject({ exitCode: 2, error: 'script returned exit code 2' })
    expect(outcome.log).toContain('version has a line break')
  })
})
