/** Other people's clients, each in a home of its own: how one pushes, pulls, lists and removes with it. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ReadyPeer } from '../../../tools/peers/peers.ts'

export interface Client {
  /** Runs it with these words; anything else than success throws. */
  run(...args: readonly string[]): Promise<string>
  /** From a layout that holds one image under the tag. */
  push(layout: string, tag: string, image: string): Promise<void>
  /** Into a new layout. */
  pull(image: string, layout: string): Promise<void>
  digest(image: string): Promise<string>
  tags(repository: string): Promise<string[]>
  /** @param image by digest */
  remove(image: string): Promise<void>
}

export type ClientName = 'skopeo' | 'skopeo-1.9' | 'crane' | 'oras' | 'regctl'

export const CLIENT_NAMES: readonly ClientName[] = ['skopeo', 'skopeo-1.9', 'crane', 'oras', 'regctl']

/** @param home an empty directory, for its configuration, memory and temporary files */
export async function prepareClient({ name, bin }: ReadyPeer, home: string): Promise<Client> {
  await mkdir(join(home, '.docker'), { recursive: true })
  await writeFile(join(home, '.docker', 'config.json'), '{}')
  const env = { HOME: home, TMPDIR: home, PATH: '/usr/bin:/bin', REGCTL_CONFIG: join(home, 'regctl.json'), XDG_RUNTIME_DIR: home }
  const run = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)(bin, args, { cwd: home, env, timeout: 60_000 })).stdout.trim()
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')
  if (name === 'crane') {
    const crane = (...args: readonly string[]): Promise<string> => run('--insecure', ...args)
    return {
      run: crane,
      push: async (layout, _tag, image) => void (await crane('push', layout, image)),
      pull: async (image, layout) => void (await crane('pull', '--format', 'oci', image, layout)),
      digest: (image) => crane('digest', image),
      tags: async (repository) => lines(await crane('ls', repository)),
      remove: async (image) => void (await crane('delete', image)),
    }
  }
  if (name === 'oras') {
    return {
      run,
      push: async (layout, tag, image) => void (await run('cp', '-r', '--from-oci-layout', `${layout}:${tag}`, '--to-plain-http', image)),
      pull: async (image, layout) => void (await run('cp', '-r', '--from-plain-http', image, '--to-oci-layout', `${layout}:pulled`)),
      digest: (image) => run('resolve', '--plain-http', image),
      tags: async (repository) => lines(await run('repo', 'tags', '--plain-http', repository)),
      remove: async (image) => void (await run('manifest', 'delete', '--force', '--plain-http', image)),
    }
  }
  if (name === 'regctl') {
    const regctl = (...args: readonly string[]): Promise<string> => run('--host', `reg=${hostIn(args)},tls=disabled`, ...args)
    return {
      run: regctl,
      push: async (layout, tag, image) => void (await regctl('image', 'copy', '--referrers', `ocidir://${layout}:${tag}`, image)),
      pull: async (image, layout) => void (await regctl('image', 'copy', '--referrers', image, `ocidir://${layout}:pulled`)),
      digest: (image) => regctl('image', 'digest', image),
      tags: async (repository) => lines(await regctl('tag', 'ls', repository)),
      remove: async (image) => void (await regctl('manifest', 'delete', image)),
    }
  }
  const copy = ['--insecure-policy', 'copy', '--all', '--preserve-digests', '--quiet']
  return {
    run,
    push: async (layout, tag, image) => void (await run(...copy, '--dest-tls-verify=false', `oci:${layout}:${tag}`, `docker://${image}`)),
    pull: async (image, layout) => void (await run(...copy, '--src-tls-verify=false', `docker://${image}`, `oci:${layout}:pulled`)),
    // What it calls the digest of a list is that of one platform; the bytes say which it is. execFile hands them over as they are.
    async digest(image) {
      const { stdout } = await promisify(execFile)(bin, ['inspect', '--raw', '--tls-verify=false', `docker://${image}`], { cwd: home, env })
      return `sha256:${createHash('sha256').update(stdout).digest('hex')}`
    },
    async tags(repository) {
      return (JSON.parse(await run('list-tags', '--tls-verify=false', `docker://${repository}`)) as { Tags: string[] }).Tags
    },
    remove: async (image) => void (await run('--insecure-policy', 'delete', '--tls-verify=false', `docker://${image}`)),
  }
}

function hostIn(args: readonly string[]): string {
  return /127\.0\.0\.1:\d+/.exec(args.join(' '))?.[0] ?? ''
}
