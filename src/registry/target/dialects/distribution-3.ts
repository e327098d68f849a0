/** CNCF distribution 3 (`registry:3`). */
import { type Dialect, NO_REFERRERS_API, wasRun } from '../dialect.ts'

export const distribution3: Dialect = {
  name: 'distribution-3',
  title: 'CNCF distribution 3',
  recognised: {},
  facts: {
    chunks: wasRun('works'),
    mountAnywhere: wasRun('ignored'),
    untag: wasRun('works'),
    remove: wasRun('works'),
    referrersApi: wasRun('absent'),
    head: wasRun('works'),
    sha512: wasRun('refused'),
    sparseIndexes: wasRun('refused'),
  },
  quirks: [NO_REFERRERS_API],
  notes: 'Deleting must be switched on in its configuration.',
}
