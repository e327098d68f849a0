/** The registry that comes with kubeferry (`ferry registry serve`). */
import { type Dialect, wasRun } from '../remote/dialect.ts'

const TEST = 'test/registry/target/dialects/kubeferry.test.ts'

export const kubeferry: Dialect = {
  name: 'kubeferry',
  title: 'kubeferry registry serve',
  recognised: {},
  facts: {
    chunks: wasRun('works', TEST),
    mountAnywhere: wasRun('works', TEST),
    manyTags: wasRun('works', TEST),
    conditions: wasRun('works', TEST),
    untag: wasRun('works', TEST),
    remove: wasRun('works', TEST),
    referrersApi: wasRun('works', TEST),
    head: wasRun('works', TEST),
    sha512: wasRun('works', TEST),
    sparseIndexes: wasRun('refused', TEST),
  },
}
