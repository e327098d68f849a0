/** CNCF distribution 2 (`registry:2`). */
import { type Dialect, NO_REFERRERS_API, refusal, wasRun } from '../dialect.ts'

export const distribution2: Dialect = {
  name: 'distribution-2',
  title: 'CNCF distribution 2',
  recognised: {},
  facts: {
    chunks: wasRun('works'),
    mountAnywhere: wasRun('ignored'),
    untag: wasRun('refused'),
    remove: wasRun('works'),
    referrersApi: wasRun('absent'),
    head: wasRun('works'),
    sha512: wasRun('refused'),
    sparseIndexes: wasRun('refused'),
  },
  quirks: [
    NO_REFERRERS_API,
    {
      shows: 'a tag cannot be deleted alone',
      match: { method: 'DELETE', path: '/manifests/[^/:]*$' },
      fault: refusal(405, 'UNSUPPORTED', 'The operation is unsupported.'),
    },
  ],
  notes: 'Deleting must be switched on in its configuration. Behind a proxy it may name wrong addresses for uploads (distribution#996); that is mended.',
}
