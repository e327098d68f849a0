/** Quay and Red Hat Quay. */
import { type Dialect, refusal, wasRead } from '../dialect.ts'

export const quay: Dialect = {
  name: 'quay',
  title: 'Quay',
  recognised: { hosts: ['quay.io'] },
  facts: {
    mountAnywhere: wasRead('refused', 'in a comment of go-containerregistry'),
    tagsPage: wasRead(100, 'go-containerregistry#1963'),
    tagsWithDigests: wasRead('GET /api/v1/repository/NAME/tag/', 'Quay API'),
    referrersApi: wasRead('works', 'tektoncd/chains#1691'),
  },
  quirks: [
    {
      shows: 'pages of more than 100 tags are refused (go-containerregistry#1963)',
      match: { method: 'GET', path: '/tags/list.*[?&]n=([2-9][0-9]{2}|1[0-9]{3})' },
      fault: refusal(413, 'TOO_MANY_TAGS_REQUESTED', 'too many tags'),
    },
    {
      shows: 'mounting without a source is refused',
      match: { method: 'POST', path: '/blobs/uploads/[?]mount=[^&]*$' },
      fault: refusal(400, 'BLOB_UPLOAD_INVALID', 'from is missing'),
    },
  ],
}
