/** Promoting what is promoted already. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

export const promoteAgain: Row = {
  name: 'promote, nothing to do',
  about: 'The tag names the image already: ferry looks at both tags and stops; skopeo copy and crane copy do what they do then',
  runs: 9,
  async contestants(world) {
    const [from, to] = ['dev', 'staging'].map((environment) => `${world.source}/bench/small:${environment}-v1.0-1`) as [string, string]
    const check = (): Promise<void> => sameDigest(world, [world.source, 'bench/small', 'staging-v1.0-1'], [world.source, 'bench/small', 'dev-v1.0-1'])
    return [
      { name: 'ferry', start: () => ferry(world, 'promote', from, '--to', 'staging', '--apply', '--quiet'), check },
      { name: 'skopeo', start: () => skopeoCopy(world, from, to), check },
      { name: 'crane', start: () => crane(world, 'copy', from, to), check },
    ]
  },
}
