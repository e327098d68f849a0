/** Canaries: secrets that are given turn up nowhere — stdout, stderr, files, argv, the environment of children. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '../../src/evidence/trust/keys/key-pair.ts'
import { Secret } from '../../src/kit/secret.ts'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { ROOT } from '../house/source.ts'

const KEY_PASSWORD = 'canary key password 8841'
const REGISTRY_PASSWORD = 'canary%registry/password+77'
const HELPER_PASSWORD = 'canary-from-the-helper-15'

/** Every form in which a canary may be hidden. */
function forms(canary: string): string[] {
  return [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64').slice(0, -4), Buffer.from(`robot:${canary}`).toString('base64')]
}

describe('secrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ferry-canary-'))
  const seen = join(directory, 'helper-saw')
  let registry: Awaited<ReturnType<typeof serveRegistry>>
  let helped: Awaited<ReturnType<typeof serveRegistry>>

  beforeAll(async () => {
    registry = await serveRegistry({ directory: join(directory, 'reg'), auth: { username: 'robot', password: new Secret(REGISTRY_PASSWORD) } })
    helped = await serveRegistry({ directory: join(directory, 'reg2'), auth: { username: 'robot', password: new Secret(HELPER_PASSWORD) } })
    for (const folder of ['app', 'bin', 'docker', 'work', 'secrets']) mkdirSync(join(directory, folder))
    writeFileSync(join(directory, 'app/file'), 'content')
    // A credential helper by docker's protocol that writes down what it can see.
    const helper = join(directory, 'bin/docker-credential-canary')
    writeFileSync(
      helper,
      `#!/bin/sh\n{ tr '\\0' '\\n' < /proc/$$/environ; tr '\\0' ' ' < /proc/$$/cmdline; } > '${seen}'\ncat > /dev/null\nprintf '{"ServerURL":"x","Username":"robot","Secret":"${HELPER_PASSWORD}"}'\n`,
    )
    chmodSync(helper, 0o755)
    writeFileSync(join(directory, 'docker/config.json'), JSON.stringify({ credHelpers: { [helped.host]: 'canary' } }))
    writeFileSync(join(directory, 'secrets/registry'), `${REGISTRY_PASSWORD}\n`)
    writeFileSync(join(directory, 'secrets/signer.key'), createKeyPair(new Secret(KEY_PASSWORD)).privatePem.reveal())
  })
  afterAll(async () => {
    await registry.close()
    await helped.close()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Runs ferry and collects everything that it says and everything that /proc shows of it. */
  async function run(...words: string[]): Promise<{ code: number | null; said: string; argv: string }> {
    const child = spawn(process.execPath, [join(ROOT, 'dist/ferry.cjs'), ...words], {
      cwd: join(directory, 'work'),
      env: {
        PATH: [join(directory, 'bin'), process.env['PATH']].join(delimiter),
        HOME: join(directory, 'work'),
        DOCKER_CONFIG: join(directory, 'docker'),
        FERRY_KEY_PASSWORD: KEY_PASSWORD,
        FERRY_TRACE: '1',
        TMPDIR: join(directory, 'work'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const argv = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { code, said, argv }
  }

  const login = ['--registry-username', 'robot', '--registry-password-file', join(directory, 'secrets/registry')]

  test.each([
    ['build', 0, () => ['build', '../app', '--to', 'oci:out:dev-v1-1']],
    ['push with a login', 0, () => ['push', 'oci:out:dev-v1-1', `${registry.host}/team/app:dev-v1-1`, ...login]],
    ['push with a helper', 0, () => ['push', 'oci:out:dev-v1-1', `${helped.host}/team/app:dev-v1-1`]],
    ['push without', 4, () => ['push', 'oci:out:dev-v1-1', `${registry.host}/team/app:dev-v1-1`]],
    ['sign', 0, () => ['sign', `${registry.host}/team/app:dev-v1-1`, '--key', '../secrets/signer.key', '--output', 'json', ...login]],
    ['a registry that is down', 5, () => ['sign', '127.0.0.1:1/team/app:dev-v1-1', '--key', '../secrets/signer.key', ...login]],
    [
      'a password that does not fit',
      2,
      () => ['sign', `${registry.host}/team/app:dev-v1-1`, '--key', '../secrets/signer.key', '--key-password-file', '../secrets/registry', ...login],
    ],
    ['a secret where none belongs', 2, () => ['push', REGISTRY_PASSWORD, 'x', ...login]],
  ] as const)('%s', async (_title, exit, words) => {
    const { code, said, argv } = await run(...words())
    expect({ code, said: code === exit ? '' : said }).toEqual({ code: exit, said: '' })
    for (const canary of [KEY_PASSWORD, REGISTRY_PASSWORD, HELPER_PASSWORD]) {
      // What the user put on the command line is in argv; nothing of ours may repeat it.
      const typed = words().some((word) => word === canary)
      for (const form of forms(canary)) expect(typed ? said : said + argv).not.toContain(form)
    }
    for (const file of readdirSync(join(directory, 'work'), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const content = readFileSync(join(file.parentPath, file.name), 'latin1')
      for (const canary of [KEY_PASSWORD, REGISTRY_PASSWORD, HELPER_PASSWORD]) for (const form of forms(canary)) expect(content).not.toContain(form)
    }
  })

  test('a credential helper sees no secret of ours', () => {
    const saw = readFileSync(seen, 'utf8')
    expect(saw).toContain('PATH=')
    for (const canary of [KEY_PASSWORD, REGISTRY_PASSWORD]) expect(saw).not.toContain(canary)
    expect(saw).not.toContain('FERRY_')
  })
})
