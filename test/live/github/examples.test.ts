/** The workflows that users copy, run by act against a real registry that wants a password. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { ROOT } from '../../hosts/github/runner/action-file.ts'
import { type ActWorld, createActWorld, KEY_PASSWORD, REGISTRY_PASSWORD, USERNAME } from './act.ts'

const DIGEST = /sha256:[0-9a-f]{64}/

describePeers(['act'], 'GitHub workflows under act', (peers) => {
  let world: ActWorld

  beforeAll(async () => {
    world = await createActWorld(peers.act.bin)
  })
  afterAll(() => world.close())

  /** What no log may hold, in any line that people see. */
  function expectNoSecrets(log: string): void {
    const secrets = [
      KEY_PASSWORD,
      REGISTRY_PASSWORD,
      Buffer.from(`${USERNAME}:${REGISTRY_PASSWORD}`).toString('base64'),
      ...world.privatePem.trim().split('\n'),
    ]
    for (const secret of secrets) expect(log).not.toContain(secret)
  }

  test('release.yml: build, push, sign, verify, promote, each on what the step before it made', { timeout: 120_000 }, async () => {
    const { exitCode, log } = await world.act({ workflow: 'examples/github/release.yml' })
    expect(log).toContain('Job succeeded')
    expect(exitCode).toBe(0)
    const [, released] = /\| released (\S+)/.exec(log) ?? []
    expect(released).toMatch(new RegExp(`^${world.registry}/team/hello:staging-v1.0-1@${DIGEST.source}$`))
    expect(log).toMatch(/::set-output:: tag=dev-v1\.0-1/)
    expect(log).toMatch(/Summary - ### ferry promote: done/)
    expect(log).toMatch(/\| signature \| open \| 3 of 3 digests are signed by a given key \|/)
    expect(log).not.toContain('not released')
    // The add-mask lines of the steps, themselves masked.
    expect(log).toMatch(/⚙ {2}\*\*\*/)
    expectNoSecrets(log)
  })

  test('promote.yml: the plan changes nothing, the approved job carries out just that', { timeout: 120_000 }, async () => {
    const inputs = { from: 'staging', to: 'prod' }
    const { exitCode, log } = await world.act({ workflow: 'examples/github/promote.yml', event: 'workflow_dispatch', inputs })
    expect(exitCode).toBe(0)
    expect(log.slice(0, log.indexOf('[promote/apply]'))).toContain('Nothing was changed. Run again with apply to carry it out.')
    expect(log).toMatch(/\[promote\/plan\].*::set-output:: changed=false/)
    expect(log).toMatch(/\[promote\/apply\].*::set-output:: changed=true/)
    expect(log).toMatch(new RegExp(`promoted ${world.registry}/team/hello:prod-v1\\.0-1@${DIGEST.source}`))
    expectNoSecrets(log)
  })

  test('promote.yml again: nothing is left to do, and that is success', { timeout: 120_000 }, async () => {
    const inputs = { from: 'staging', to: 'prod' }
    const { exitCode, log } = await world.act({ workflow: 'examples/github/promote.yml', event: 'workflow_dispatch', inputs })
    expect(exitCode).toBe(0)
    expect(log).toMatch(/\[promote\/apply\].*::set-output:: changed=false/)
  })

  test('pipeline.yml: the root action runs ferry.yaml', { timeout: 120_000 }, async () => {
    const { exitCode, log } = await world.act({ workflow: 'examples/github/pipeline.yml' })
    expect(log).toContain('Job succeeded')
    expect(exitCode).toBe(0)
    expect(log).toMatch(new RegExp(`build push sign verify promote gave ${world.registry}/team/pipeline:staging-v1\\.0-1@${DIGEST.source}`))
    expectNoSecrets(log)
  })

  test('release.yml with a wrong password: the job fails, and the step for that says what was left behind', { timeout: 120_000 }, async () => {
    const { exitCode, log } = await world.act({
      workflow: 'examples/github/release.yml',
      variables: { FERRY_IMAGE: `${world.registry}/team/unsigned` },
      secrets: { FERRY_KEY_PASSWORD: 'canary-not-this-one' },
    })
    expect(exitCode).toBe(1)
    expect(log).toMatch(/❗ {2}::error title=ferry sign::KEY_PASSWORD_WRONG/)
    expect(log).toMatch(/exit status 2\b|exitcode '2'/)
    expect(log).toContain(`not released; ${world.registry}/team/unsigned:dev-v1.0-1 was pushed`)
    expect(log).not.toMatch(/Run Main \.\/actions\/(?:verify|promote)/)
    expect(log).not.toContain('canary-not-this-one')
    expectNoSecrets(log)
  })

  test('our own ci.yml uses our own actions, on a layout and without a registry', { timeout: 120_000 }, async () => {
    const path = world.workflow('ci.yml', readFileSync(join(ROOT, '.github', 'workflows', 'ci.yml'), 'utf8'))
    const { exitCode, log } = await world.act({ workflow: path, job: 'self' })
    expect(log).toMatch(new RegExp(`verified ${DIGEST.source}`))
    expect(exitCode).toBe(0)
  })
})
