/** Runs the real cosign without the internet: own HOME, empty signing config, a time limit. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

export interface Cosign {
  /** A folder for keys and the like; cosign's HOME and working directory. */
  readonly folder: string
  run(args: readonly string[], password?: string): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>
  sign(image: string, keyFile: string, password: string, more?: readonly string[]): Promise<void>
  attest(image: string, keyFile: string, password: string, type: string, predicateFile: string): Promise<void>
  verify(image: string, publicFile: string, more?: readonly string[]): Promise<{ readonly exitCode: number; readonly stderr: string }>
  /** As verify, but anything else than success throws what cosign said. */
  mustVerify(image: string, publicFile: string, more?: readonly string[]): Promise<void>
  /** Writes NAME.key and NAME.pub into the folder. */
  makeKeys(name: string, password: string): Promise<void>
  remove(): Promise<void>
}

// Nothing listens on port 9: whatever tries to reach the public Sigstore services fails at once and not after a DNS timeout.
const NOWHERE = 'http://127.0.0.1:9'
const EMPTY_CONFIG = ['--no-default-fulcio', '--no-default-oidc', '--no-default-rekor', '--no-default-tsa']
const VERIFY = ['verify', '--insecure-ignore-tlog', '--allow-http-registry']

export async function prepareCosign(bin: string): Promise<Cosign> {
  const folder = await mkdtemp(join(tmpdir(), 'ferry cosign '))
  const config = join(folder, 'signing-config.json')
  const run: Cosign['run'] = async (args, password = '') => {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, COSIGN_PASSWORD: password, HTTPS_PROXY: NOWHERE, NO_PROXY: '127.0.0.1' }
    const { exitCode = -1, stdout, stderr } = await execa(bin, args, { cwd: folder, env, extendEnv: false, reject: false, timeout: 30_000 })
    return { exitCode, stdout, stderr }
  }
  const must = async (args: readonly string[], password?: string): Promise<void> => {
    const { exitCode, stderr } = await run(args, password)
    if (exitCode !== 0) throw new Error(`cosign ${args.join(' ')}: exit ${exitCode}\n${stderr}`)
  }
  return {
    folder,
    run,
    async sign(image, keyFile, password, more = []) {
      await must(['signing-config', 'create', ...EMPTY_CONFIG, '--out', config])
      await must(['sign', '--key', keyFile, '--signing-config', config, '--allow-http-registry', '-y', ...more, image], password)
    },
    async attest(image, keyFile, password, type, predicateFile) {
      await must(['signing-config', 'create', ...EMPTY_CONFIG, '--out', config])
      const what = ['--type', type, '--predicate', predicateFile]
      await must(['attest', '--key', keyFile, '--signing-config', config, '--allow-http-registry', '-y', ...what, image], password)
    },
    verify: async (image, publicFile, more = []) => run([...VERIFY, ...more, '--key', publicFile, image]),
    mustVerify: async (image, publicFile, more = []) => must([...VERIFY, ...more, '--key', publicFile, image]),
    makeKeys: async (name, password) => must(['generate-key-pair', '--output-key-prefix', name], password),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
