/** How each contestant is started; the same for every row. */
import { fileURLToPath } from 'node:url'
import type { Command, World } from './row.ts'

const FERRY = fileURLToPath(new URL('../dist/ferry.cjs', import.meta.url))

export function ferry(world: World, ...words: string[]): Command {
  return { words: [process.execPath, FERRY, ...words], environment: { HOME: `${world.directory}/home` } }
}

export function skopeoCopy(world: World, from: string, to: string): Command {
  const { bin } = world.peers.skopeo
  return {
    words: [bin, 'copy', '--quiet', '--preserve-digests', '--src-tls-verify=false', '--dest-tls-verify=false', `docker://${from}`, `docker://${to}`],
    environment: { HOME: `${world.directory}/home` },
  }
}

export function crane(world: World, ...words: string[]): Command {
  return { words: [world.peers.crane.bin, ...words], environment: { HOME: `${world.directory}/home` } }
}

/** Fails when the tag does not name the wanted digest. */
export async function sameDigest(
  world: World,
  [host, repository, tag]: readonly [string, string, string],
  wanted: readonly [string, string, string],
): Promise<void> {
  const [found, expected] = await Promise.all([world.digest(host, repository, tag), world.digest(...wanted)])
  if (expected === undefined || found !== expected) throw new Error(`${host}/${repository}:${tag} is ${found ?? 'absent'}, not ${expected ?? 'known'}`)
}
