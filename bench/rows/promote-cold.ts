/** A promotion within one repository: one tag is written. Each run writes a tag that was not there. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

export const promoteCold: Row = {
  name: 'promote, one tag',
  about: 'ferry plans, judges, writes the tag and reads it back; skopeo copy and crane tag only write it',
  runs: 9,
  async contestants(world, run) {
    const image = `${world.source}/bench/small`
    const from = `${image}:dev-v1.0-1`
    return (['ferry', 'skopeo', 'crane'] as const).map((name, index) => {
      const tag = `staging-v1.0-${run * 3 + index + 2}`
      return {
        name,
        start: () =>
          name === 'ferry'
            ? ferry(world, 'promote', from, '--to', 'staging', '--target', `${image}:${tag}`, '--apply', '--allow-rollback', '--quiet')
            : name === 'skopeo'
              ? skopeoCopy(world, from, `${image}:${tag}`)
              : crane(world, 'tag', from, tag),
        check: () => sameDigest(world, [world.source, 'bench/small', tag], [world.source, 'bench/small', 'dev-v1.0-1']),
      }
    })
  },
}
