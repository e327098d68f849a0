/** GitHub Container Registry. */
import { type Dialect, wasRead } from '../remote/dialect.ts'

export const ghcr: Dialect = {
  name: 'ghcr',
  title: 'GitHub Container Registry',
  recognised: { hosts: ['ghcr.io', 'containers.pkg.github.com'] },
  facts: {
    chunks: wasRead(4 * 1024 * 1024, 'ocx-sh/ocx#237'),
    referrersApi: wasRead('absent', 'artifacthub/hub#4785'),
  },
  notes: 'The last answer of a large upload may say 404 while the blob is stored (jib#4301); the blob is then looked for.',
}
