/** CNCF distribution 2 (`registry:2`). */
import { type Dialect, wasRun } from '../remote/dialect.ts'

const TEST = 'test/registry/target/dialects/distribution.test.ts'

export const distribution2: Dialect = {
  name: 'distribution-2',
  title: 'CNCF distribution 2',
  recognised: {},
  facts: {
    chunks: wasRun('works', TEST),
    mountAnywhere: wasRun('ignored', TEST),
    manyTags: wasRun('ignored', TEST),
    conditions: wasRun('ignored', TEST),
    untag: wasRun('refused', TEST),
    remove: wasRun('works', TEST),
    referrersApi: wasRun('absent', TEST),
    head: wasRun('works', TEST),
    sha512: wasRun('refused', TEST),
    sparseIndexes: wasRun('refused', TEST),
  },
  notes: 'Deleting must be switched on in its configuration. Behind a proxy it may name wrong addresses for uploads (distribution#996); that is mended.',
}
