/** The example for KubeSphere, run as it stands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type GroovyServer, ROOT, startGroovyServer } from '../jenkins/groovy-server.ts'
import { openScene, type Scene, SECRETS } from '../jenkins/scene.ts'

describePeers(['groovy', 'groovy-cps', 'jenkins-pipeline-unit', 'junit'], 'examples/kubesphere', () => {
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

  test.each(['plain', 'cps'] as const)('Jenkinsfile, %s', async (mode) => {
    const text = readFileSync(join(ROOT, 'examples/kubesphere/Jenkinsfile'), 'utf8')
    expect(await server.lint({ name: `kubesphere_${mode}`, text })).toBeUndefined()
    const file = scene.credentials['ferry-key']
    const credentials = { ...scene.credentials, 'ferry-key': { kind: 'string', secret: file?.kind === 'file' ? file.content : '' } } as const
    const number = mode === 'plain' ? '41' : '42'
    const outcome = await server.run({
      text,
      mode,
      workspace: scene.directory(),
      source: scene.source,
      credentials,
      variables: { BUILD_NUMBER: number, FERRY_VERSION: 'v4.0', FERRY_APPLY: 'true' },
    })
    expect({ error: outcome.error, log: outcome.error === null ? '' : outcome.log, problems: outcome.problems }).toEqual({ error: null, log: '', problems: [] })
    expect(outcome.log).toContain(`image: ${scene.open}/team/piped:staging-v4.0-${number}`)
    for (const secret of SECRETS) expect(outcome.raw).not.toContain(secret)
  })
})
