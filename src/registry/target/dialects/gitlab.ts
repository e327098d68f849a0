/** GitLab Container Registry. */
import { type Dialect, NO_REFERRERS_API, wasRead } from '../dialect.ts'

export const gitlab: Dialect = {
  name: 'gitlab',
  title: 'GitLab Container Registry',
  recognised: { hosts: ['registry.gitlab.com'], headers: { 'gitlab-container-registry-version': '' } },
  facts: {
    referrersApi: wasRead('absent', 'oras-go#1396'),
  },
  quirks: [NO_REFERRERS_API],
  notes: 'It takes the fallback tag of a digest for the digest itself (oras-go#1396); that is seen through.',
}
