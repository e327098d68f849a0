/** Harbor. */
import { type Dialect, refusal, wasRead } from '../dialect.ts'

export const harbor: Dialect = {
  name: 'harbor',
  title: 'Harbor',
  recognised: { hosts: ['demo.goharbor.io'], headers: { 'www-authenticate': 'service="harbor-registry"' } },
  facts: {
    head: wasRead('wrong size', 'oras-go#1176'),
    immutable: wasRead({ status: 412 }, 'harbor#9427'),
    tagsWithDigests: wasRead('GET /api/v2.0/projects/P/repositories/R/artifacts', 'Harbor API 2.0'),
    referrersApi: wasRead('works', 'harbor#20187'),
  },
  quirks: [
    {
      shows: 'mounting from a project that may not be read is 401 (harbor#17097)',
      match: { method: 'POST', path: '/blobs/uploads/[?].*mount=' },
      fault: refusal(401, 'UNAUTHORIZED', 'unauthorized to access repository'),
    },
    {
      shows: 'HEAD says another length than GET (oras-go#1176)',
      match: { method: 'HEAD', path: '/manifests/' },
      fault: { set: { 'Content-Length': '99999' } },
    },
  ],
  notes:
    'Mounting from a project that one may not read is answered 401 (harbor#17097); the blob is then pushed. Before 2.0 a deleted tag took its siblings along (harbor#2663). Sizes of attachments are sums (harbor#20187) and not used.',
}
