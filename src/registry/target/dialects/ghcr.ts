/** GitHub Container Registry. */
import { type Dialect, refusal, wasRead } from '../dialect.ts'

export const ghcr: Dialect = {
  name: 'ghcr',
  title: 'GitHub Container Registry',
  recognised: { hosts: ['ghcr.io'] },
  facts: {
    chunks: wasRead(4 * 1024 * 1024, 'ocx-sh/ocx#237'),
    referrersApi: wasRead('absent', 'artifacthub/hub#4785'),
  },
  quirks: [
    {
      shows: 'the referrers API is a web page elsewhere (artifacthub/hub#4785)',
      match: { method: 'GET', path: '/referrers/' },
      fault: { redirect: { to: 'https://github.com/-/v2/packages/container/package', status: 303 } },
    },
    {
      shows: 'chunks of more than 4 MiB are refused (ocx-sh/ocx#237)',
      match: { method: 'PATCH', path: '/blobs/uploads/', larger: 4 * 1024 * 1024 },
      fault: refusal(413, 'SIZE_INVALID', 'the chunk is too large'),
    },
    {
      shows: 'the last answer of an upload is 404 although the blob is stored (jib#4301)',
      match: { method: 'PUT', path: '/blobs/uploads/' },
      fault: { status: { from: 201, to: 404 } },
    },
  ],
  removing: 'Delete the version on the page of the package, or with the packages API of GitHub.',
  notes: 'An answer of 404 at the end of a large upload does not mean that the blob is lost (jib#4301): it is looked for.',
}
