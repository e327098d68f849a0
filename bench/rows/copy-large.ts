/** 512 MiB from one registry to another, verified on the way. Each contestant gets an empty registry: nobody can mount what another one left. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

export const copyLarge: Row = {
  name: 'copy 512 MiB',
  about: 'One layer of 512 MiB, registry to registry, digest checked: ferry push, skopeo copy, crane copy',
  runs: 7,
  contestants: async (world) =>
    (['ferry', 'skopeo', 'crane'] as const).map((name) => {
      let target = ''
      const image = (): string => `${target}/bench/large:dev-v1.0-1`
      const from = `${world.source}/bench/large:dev-v1.0-1`
      return {
        name,
        async prepare() {
          target = await world.empty()
        },
        start: () =>
          name === 'ferry'
            ? ferry(world, 'push', from, image(), '--quiet')
            : name === 'skopeo'
              ? skopeoCopy(world, from, image())
              : crane(world, 'copy', from, image()),
        check: () => sameDigest(world, [target, 'bench/large', 'dev-v1.0-1'], [world.source, 'bench/large', 'dev-v1.0-1']),
      }
    }),
}
