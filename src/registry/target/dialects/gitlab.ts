/** GitLab Container Registry. */
import { type Dialect, NO_REFERRERS_API, wasRead } from '../dialect.ts'

export const gitlab: Dialect = {
  name: 'gitlab',
  title: 'GitLab Container Registry',
  recognised: { hosts: ['registry.gitlab.com'], headers: { 'www-authenticate': '/jwt/auth",service="container_registry"' } },
  facts: {
    referrersApi: wasRead('absent', 'oras-go#1396'),
    fallbackTag: wasRead('names the subject', 'oras-go#1396'),
  },
  quirks: [
    NO_REFERRERS_API,
    {
      shows: 'the fallback tag names the subject itself (oras-go#1396)',
      match: { method: 'GET', path: '^(/v2/.+/manifests/sha256)-([0-9a-f]{64})$' },
      fault: { otherwise: '$1:$2' },
    },
    {
      shows: 'HEAD of it too',
      match: { method: 'HEAD', path: '^(/v2/.+/manifests/sha256)-([0-9a-f]{64})$' },
      fault: { otherwise: '$1:$2' },
    },
  ],
  removing: 'Delete the tag with the container registry API of GitLab, or on its page.',
}
