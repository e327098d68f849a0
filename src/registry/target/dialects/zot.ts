/** zot. */
import { type Dialect, wasRead } from '../dialect.ts'

export const zot: Dialect = {
  name: 'zot',
  title: 'zot',
  recognised: { hosts: ['zotregistry.dev', 'zothub.io'] },
  facts: { tagsWithDigests: wasRead('GraphQL at /v2/_zot/ext/search', 'zot documentation, search') },
  quirks: [
    {
      shows: 'Range names the chunk and not all that arrived (regclient#961)',
      match: { method: 'PATCH', path: '/blobs/uploads/' },
      fault: { set: { Range: '0-1' } },
    },
  ],
  notes:
    'After a chunk, versions of 2025 name the range of that chunk instead of all that arrived (regclient#961): the upload is then begun again, in one piece.',
}
