/** Harbor. */
import { type Dialect, wasRead } from '../remote/dialect.ts'

export const harbor: Dialect = {
  name: 'harbor',
  title: 'Harbor',
  recognised: { hosts: ['demo.goharbor.io'], headers: { 'www-authenticate': 'service="harbor-registry"' } },
  facts: {
    head: wasRead('wrong size', 'oras-go#1176'),
    referrersApi: wasRead('works', 'harbor#20187'),
  },
  notes:
    'Mounting from a project that one may not read is answered 401 (harbor#17097); the blob is then pushed. Sizes of attachments are sums (harbor#20187) and not used.',
}
