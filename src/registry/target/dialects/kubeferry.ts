/** The registry that comes with kubeferry (`ferry registry serve`). */
import { type Dialect, wasRun } from '../dialect.ts'

export const kubeferry: Dialect = {
  name: 'kubeferry',
  title: 'kubeferry registry serve',
  recognised: {},
  facts: {
    chunks: wasRun('works'),
    mountAnywhere: wasRun('works'),
    untag: wasRun('works'),
    remove: wasRun('works'),
    referrersApi: wasRun('works'),
    head: wasRun('works'),
    sha512: wasRun('works'),
    sparseIndexes: wasRun('refused'),
  },
}
