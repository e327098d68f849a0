/** 512 MiB from one registry to another, verified on the way. Each run goes to a repository that was not there. */
import { crane, ferry, sameDigest, skopeoCopy } from '../contestants.ts'
import type { Row } from '../row.ts'

const repositoryOf = (contestant: string, run: number): string => `bench/${contestant}-${run}`

export const copyLarge: Row = {
  name: 'copy 512 MiB',
  about: 'One layer of 512 MiB, registry to registry, digest checked: ferry push, skopeo copy, crane copy',
  runs: 7,
  async contestants(world, run) {
    const from = `${world.source}/bench/large:dev-v1.0-1`
    const to = (contestant: string): string => `${world.target}/${repositoryOf(contestant, run)}:dev-v1.0-1`
    return [ferry(world, 'push', from, to('ferry'), '--quiet'), skopeoCopy(world, from, to('skopeo')), crane(world, 'copy', from, to('crane'))]
  },
  check: (world, run, contestant) =>
    sameDigest(world, [world.target, repositoryOf(contestant, run), 'dev-v1.0-1'], [world.source, 'bench/large', 'dev-v1.0-1']),
}
