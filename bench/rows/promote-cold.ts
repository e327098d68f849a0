/** A promotion within one repository: one tag is written. Each run writes a tag that was not there. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

const tagOf = (contestant: string, run: number): string => `staging-v1.0-${run * 3 + ['ferry', 'skopeo', 'crane'].indexOf(contestant) + 2}`

export const promoteCold: Row = {
  name: 'promote, one tag',
  about: 'ferry plans, judges, writes the tag and reads it back; skopeo copy and crane tag only write it',
  runs: 9,
  async contestants(world, run) {
    const image = `${world.source}/bench/small`
    return [
      ferry(
        world,
        'promote',
        `${image}:dev-v1.0-1`,
        '--to',
        'staging',
        '--target',
        `${image}:${tagOf('ferry', run)}`,
        '--apply',
        '--allow-rollback',
        '--quiet',
      ),
      skopeoCopy(world, `${image}:dev-v1.0-1`, `${image}:${tagOf('skopeo', run)}`),
      crane(world, 'tag', `${image}:dev-v1.0-1`, tagOf('crane', run)),
    ]
  },
  check: (world, run, contestant) => sameDigest(world, [world.source, 'bench/small', tagOf(contestant, run)], [world.source, 'bench/small', 'dev-v1.0-1']),
}
