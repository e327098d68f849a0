/** Sonatype Nexus Repository. */
import { type Dialect, NO_REFERRERS_API, wasRead } from '../dialect.ts'

export const nexus: Dialect = {
  name: 'nexus',
  title: 'Sonatype Nexus',
  recognised: { headers: { server: 'nexus/' } },
  facts: {
    sparseIndexes: wasRead('refused', 'regclient#836'),
    tagsContain: wasRead('digests and null', 'skopeo#2346, skopeo#2409'),
  },
  quirks: [NO_REFERRERS_API],
}
