/**
 * Runs workflows with nektos/act on this machine: a repository of its own with what users get (dist, actions, action.yml,
 * examples), folders of its own for everything act keeps, Node 24 first on the path, and no network.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { ROOT } from '../../hosts/github/runner/action-file.ts'

export const KEY_PASSWORD = 'canary-key-password'
export const REGISTRY_PASSWORD = 'canary-registry-password'
export const USERNAME = 'robot'

export interface ActWorld {
  /** The repository; the workflows of users are in `.github/workflows`. */
  readonly directory: string
  /** `127.0.0.1:PORT`, wants USERNAME and REGISTRY_PASSWORD. */
  readonly registry: string
  readonly privatePem: string
  readonly publicPem: string
  /** Writes a workflow and commits it. @returns its path in the repository */
  workflow(name: string, text: string): string
  act(run: ActRun): Promise<ActOutcome>
  close(): Promise<void>
}

interface ActRun {
  readonly workflow: string
  /** One job of it alone. */
  readonly job?: string
  readonly event?: 'push' | 'workflow_dispatch'
  readonly inputs?: Readonly<Record<string, string>>
  /** Beside FERRY_IMAGE and the like, which are always there. */
  readonly variables?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Ctrl-C at the moment when this is fulfilled. */
  readonly interrupt?: Promise<unknown>
}

interface ActOutcome {
  readonly exitCode: number
  readonly log: string
}

export async function createActWorld(act: string): Promise<ActWorld> {
  const top = mkdtempSync(join(tmpdir(), 'ferry-act-'))
  const directory = join(top, 'repository')
  const home = join(top, 'home')
  mkdirSync(home)
  const registry = await serveRegistry({ directory: join(top, 'registry'), auth: { username: USERNAME, password: new Secret(REGISTRY_PASSWORD) } })
  const pair = createKeyPair(new Secret(KEY_PASSWORD))
  const env = {
    PATH: `${join(ROOT, 'node_modules', '.bin')}:/usr/local/bin:/usr/bin:/bin`,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
  }
  const git = (...words: string[]): void => void execFileSync('git', words, { cwd: directory, env, stdio: 'pipe' })
  for (const part of ['dist', 'actions', 'action.yml', 'examples']) cpSync(join(ROOT, part), join(directory, part), { recursive: true })
  const config = join(directory, 'examples', 'github', 'ferry.yaml')
  writeFileSync(config, readFileSync(config, 'utf8').replace('registry.example.com/team/hello', `${registry.host}/team/pipeline`))
  git('init', '--quiet', '--initial-branch=main')
  git('config', 'user.name', 'test')
  git('config', 'user.email', 'test@example.com')
  git('remote', 'add', 'origin', 'https://github.com/kubeferry/kubeferry.git')
  git('add', '--all')
  git('commit', '--quiet', '--message=all')
  return {
    directory,
    registry: registry.host,
    privatePem: pair.privatePem.reveal(),
    publicPem: pair.publicPem,
    workflow(name, text) {
      const path = `.github/workflows/${name}`
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
      git('add', '--all')
      git('commit', '--quiet', `--message=${name}`, '--allow-empty')
      return path
    },
    act: (run) =>
      start(
        act,
        run,
        { directory, env },
        {
          variables: { FERRY_IMAGE: `${registry.host}/team/hello`, FERRY_PUBLIC_KEY: pair.publicPem, REGISTRY_USERNAME: USERNAME, ...run.variables },
          secrets: { FERRY_KEY: pair.privatePem.reveal(), FERRY_KEY_PASSWORD: KEY_PASSWORD, REGISTRY_PASSWORD, ...run.secrets },
        },
      ),
    async close() {
      await registry.close()
      rmSync(top, { recursive: true, force: true })
    },
  }
}

interface Values {
  readonly variables: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

function start(act: string, run: ActRun, place: { directory: string; env: Record<string, string> }, { variables, secrets }: Values): Promise<ActOutcome> {
  const words = [
    run.event ?? 'push',
    '--workflows',
    run.workflow,
    ...(run.job === undefined ? [] : [`--job=${run.job}`]),
    '--platform=ubuntu-latest=-self-hosted',
    `--local-repository=kubeferry/kubeferry@v0=${place.directory}`,
    '--action-offline-mode',
    '--no-cache-server',
    ...Object.entries(run.inputs ?? {}).map(([name, value]) => `--input=${name}=${value}`),
    ...Object.entries(variables).map(([name, value]) => `--var=${name}=${value}`),
    // Secrets by name only: act takes their values from its environment.
    ...Object.keys(secrets).map((name) => `--secret=${name}`),
  ]
  const child = spawn(act, words, { cwd: place.directory, env: { ...place.env, ...secrets }, stdio: ['ignore', 'pipe', 'pipe'] })
  void run.interrupt?.then(() => child.kill('SIGINT'))
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (log += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 1, log }))
  })
}
