/** Quay and Red Hat Quay. */
import { type Dialect, wasRead } from '../remote/dialect.ts'

export const quay: Dialect = {
  name: 'quay',
  title: 'Quay',
  recognised: { hosts: ['quay.io'] },
  facts: {
    mountAnywhere: wasRead('refused', 'in a comment of go-containerregistry'),
    tagsPage: wasRead(100, 'go-containerregistry#1963'),
    referrersApi: wasRead('works', 'tektoncd/chains#1691'),
  },
}
