/** What the tests of actions work with: a folder, the embedded registry on loopback, an image, a key pair. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { readActionFile } from './runner/action-file.ts'
import { type ActionOutcome, type ActionRun, runAction } from './runner/run-action.ts'

export const PASSWORD = 'canary%pass::word,1'

export interface ActionWorld {
  /** The workspace; has app/hello.txt. */
  readonly directory: string
  /** `127.0.0.1:PORT` */
  readonly registry: string
  readonly privatePem: string
  readonly publicPem: string
  run(step: string, inputs?: Readonly<Record<string, string>>, more?: Partial<ActionRun>): Promise<ActionOutcome>
  /** A built image on disk: `oci:./out:TAG`, and its digest. */
  image(tag: string): Promise<{ readonly place: string; readonly digest: string }>
  close(): Promise<void>
}

export async function createActionWorld(): Promise<ActionWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'ferry actions '))
  mkdirSync(join(directory, 'app'))
  writeFileSync(join(directory, 'app', 'hello.txt'), 'hello\n')
  const registry = await serveRegistry({ directory: join(directory, '.registry') })
  const pair = createKeyPair(new Secret(PASSWORD))
  const run: ActionWorld['run'] = (step, inputs = {}, more = {}) =>
    runAction({ action: readActionFile(`actions/${step}/action.yml`), with: inputs, directory, ...more })
  return {
    directory,
    registry: registry.host,
    privatePem: pair.privatePem.reveal(),
    publicPem: pair.publicPem,
    run,
    async image(tag) {
      const built = await run('build', { context: 'app', to: `oci:./out:${tag}` })
      if (built.exitCode !== 0) throw new Error(built.log)
      return { place: `oci:./out:${tag}`, digest: built.outputs['digest'] ?? '' }
    },
    async close() {
      await registry.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
