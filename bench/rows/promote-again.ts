/** Promoting what is promoted already. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

export const promoteAgain: Row = {
  name: 'promote, nothing to do',
  about: 'The tag names the image already: ferry looks at both tags and stops; skopeo copy and crane copy do what they do then',
  runs: 9,
  async contestants(world) {
    const image = `${world.source}/bench/small`
    return [
      ferry(world, 'promote', `${image}:dev-v1.0-1`, '--to', 'staging', '--apply', '--quiet'),
      skopeoCopy(world, `${image}:dev-v1.0-1`, `${image}:staging-v1.0-1`),
      crane(world, 'copy', `${image}:dev-v1.0-1`, `${image}:staging-v1.0-1`),
    ]
  },
  check: (world) => sameDigest(world, [world.source, 'bench/small', 'staging-v1.0-1'], [world.source, 'bench/small', 'dev-v1.0-1']),
}
