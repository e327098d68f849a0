/** zot. */
import type { Dialect } from '../remote/dialect.ts'

export const zot: Dialect = {
  name: 'zot',
  title: 'zot',
  recognised: { hosts: ['zotregistry.dev', 'zothub.io'] },
  facts: {},
  notes: 'After a chunk, versions of 2025 name the range of that chunk instead of all that arrived (regclient#961): the upload then goes on in one piece.',
}
