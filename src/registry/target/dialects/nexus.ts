/** Sonatype Nexus Repository. */
import { type Dialect, wasRead } from '../remote/dialect.ts'

export const nexus: Dialect = {
  name: 'nexus',
  title: 'Sonatype Nexus',
  recognised: { headers: { server: 'nexus/' } },
  facts: {
    sparseIndexes: wasRead('refused', 'regclient#836'),
    tagsContain: wasRead('digests and null', 'skopeo#2346, skopeo#2409'),
  },
}
