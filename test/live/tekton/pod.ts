/**
 * One step as a container of a pod: the folders of Tekton's volumes, the arguments that its controller gives to the entrypoint,
 * and the real entrypoint in a mount namespace of its own. Layout as pkg/pod of Tekton Pipelines 1.15 makes it.
 */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPeer } from '../../../tools/peers/peers.ts'
import { ROOT } from './resources.ts'

/** A folder of this machine, the files of a Secret, or an empty folder. */
export type Volume = { readonly directory: string } | { readonly secret: Readonly<Record<string, string>> } | 'emptyDir'

export interface Mount {
  readonly volume: Volume
  readonly at: string
}

/** What one entry of a termination message says; 1 is a result of the Task, 4 one of the step. */
interface Entry {
  readonly key: string
  readonly value: string
  readonly type: number
}

interface Started {
  /** All words of the process that the container starts with, and its environment. */
  readonly argv: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

export interface StepOutcome extends Started {
  readonly name: string
  readonly exitCode: number
  /** stdout and stderr as they came. */
  readonly log: string
  readonly entries: readonly Entry[]
  /** Of the termination message. */
  readonly bytes: number
}

export type Kill = (signal: NodeJS.Signals) => void

interface ContainerRun {
  readonly name: string
  readonly index: number
  readonly command: string
  readonly args: readonly string[]
  readonly variables: ReadonlyMap<string, string>
  readonly workingDir: string
  readonly results: readonly string[]
  readonly stepResults: readonly string[]
  readonly onStart?: (kill: Kill) => void
}

export interface Pod {
  run(container: ContainerRun): Promise<StepOutcome>
  remove(): void
}

/** The image that the Tasks name stands here: its PATH, its working directory and `ferry` and `node` in it. */
const IMAGE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const IMAGE_DIRECTORY = '/workspace'
const NODE = join(ROOT, 'node_modules/node/bin/node')
const FERRY = join(ROOT, 'dist/ferry.cjs')

// Volumes first, then the working directory, which a runtime makes when it is not there.
const START = `
while [ "$1" != -- ]; do
  mkdir -p "$3"
  mount --bind "$2" "$3"
  if [ "$1" = ro ]; then mount -o remount,bind,ro "$3"; fi
  shift 3
done
shift
mkdir -p "$1"
cd "$1"
shift
exec "$@"`

export function openPod(mounts: readonly Mount[]): Pod {
  const root = mkdtempSync(join(tmpdir(), 'ferry-pod-'))
  const tekton = join(root, 'tekton')
  for (const folder of ['tekton/results', 'tekton/run', 'tekton/steps', 'tekton/home', 'tekton/creds', 'tekton/downward', 'workspace', 'bin', 'volumes'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(tekton, 'downward/ready'), 'READY')
  symlinkSync(NODE, join(root, 'bin/node'))
  writeFileSync(join(root, 'bin/ferry'), `#!/bin/sh\nexec "${NODE}" "${FERRY}" "$@"\n`)
  chmodSync(join(root, 'bin/ferry'), 0o755)
  const bound = mounts.flatMap(({ volume, at }, index) => {
    const place = join(root, 'volumes', String(index))
    if (volume === 'emptyDir') mkdirSync(place)
    else if ('secret' in volume) writeSecret(place, volume.secret)
    const readOnly = typeof volume === 'object' && 'secret' in volume
    return [readOnly ? 'ro' : 'rw', typeof volume === 'object' && 'directory' in volume ? volume.directory : place, at]
  })
  return {
    run: (container) => runContainer(container, { root, tekton, bound }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** As the kubelet mounts one: each key is a link into a folder that is swapped as a whole. */
function writeSecret(place: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(place, '..2026_11_25'), { recursive: true })
  symlinkSync('..2026_11_25', join(place, '..data'))
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(place, '..data', name), text)
    symlinkSync(`..data/${name}`, join(place, name))
  }
}

async function runContainer(
  container: ContainerRun,
  { root, tekton, bound }: { root: string; tekton: string; bound: readonly string[] },
): Promise<StepOutcome> {
  const { name, index, command, args, results, stepResults, onStart } = container
  const podns = binOf('podns')
  mkdirSync(join(tekton, 'run', String(index)), { recursive: true })
  symlinkSync(`/tekton/run/${index}/status`, join(tekton, 'steps', `step-${name}`))
  const first = ['-wait_file', '/tekton/downward/ready', '-wait_file_content']
  const argv = [
    binOf('tekton-entrypoint'),
    ...(index === 0 ? first : ['-wait_file', `/tekton/run/${index - 1}/out`]),
    ...['-post_file', `/tekton/run/${index}/out`],
    ...['-termination_path', '/tekton/termination'],
    ...['-step_metadata_dir', `/tekton/run/${index}/status`],
    ...(results.length === 0 ? [] : ['-results', results.join(',')]),
    ...(stepResults.length === 0 ? [] : ['-step_results', stepResults.join(',')]),
    ...['-entrypoint', command, '--', ...args],
  ]
  const variables = { PATH: `${join(root, 'bin')}:${IMAGE_PATH}`, ...Object.fromEntries(container.variables) }
  const directory = container.workingDir === '' ? IMAGE_DIRECTORY : container.workingDir
  const child = spawn(podns, [tekton, join(root, 'workspace'), 'sh', '-euc', START, 'pod', ...bound, '--', directory, ...argv], {
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text))
  onStart?.((signal) => void child.kill(signal))
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? -1))
  })
  const termination = join(tekton, 'termination')
  const message = existsSync(termination) ? readFileSync(termination, 'utf8') : ''
  rmSync(termination, { force: true })
  return { name, exitCode, log, entries: entriesOf(message), bytes: Buffer.byteLength(message), argv, variables }
}

function binOf(name: 'podns' | 'tekton-entrypoint'): string {
  const peer = findPeer(name)
  if (peer.state === 'missing') throw new Error(`${name}: ${peer.why}`)
  return peer.bin
}

function entriesOf(message: string): Entry[] {
  return message === '' ? [] : (JSON.parse(message) as Entry[])
}
