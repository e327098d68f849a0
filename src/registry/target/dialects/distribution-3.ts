/** CNCF distribution 3 (`registry:3`). */
import { type Dialect, wasRun } from '../remote/dialect.ts'

const TEST = 'test/registry/target/dialects/distribution.test.ts'

export const distribution3: Dialect = {
  name: 'distribution-3',
  title: 'CNCF distribution 3',
  recognised: {},
  facts: {
    chunks: wasRun('works', TEST),
    mountAnywhere: wasRun('ignored', TEST),
    manyTags: wasRun('ignored', TEST),
    conditions: wasRun('ignored', TEST),
    untag: wasRun('works', TEST),
    remove: wasRun('works', TEST),
    referrersApi: wasRun('absent', TEST),
    head: wasRun('works', TEST),
    sha512: wasRun('refused', TEST),
    sparseIndexes: wasRun('refused', TEST),
  },
  notes: 'Deleting must be switched on in its configuration.',
}
