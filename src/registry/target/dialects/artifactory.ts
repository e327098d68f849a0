/** JFrog Artifactory. */
import { type Dialect, wasRead } from '../dialect.ts'

export const artifactory: Dialect = {
  name: 'artifactory',
  title: 'JFrog Artifactory',
  recognised: { hosts: ['.jfrog.io'], headers: { 'x-jfrog-version': '' } },
  facts: {
    head: wasRead('403 when absent', 'RTFACT-13797, in a comment of go-containerregistry'),
    tagsContain: wasRead('digests and null', 'skopeo#2346, skopeo#2409'),
    referrersApi: wasRead('works', 'Artifactory documentation "Use Referrers REST API to Discover OCI References", from 7.90.1'),
  },
  quirks: [
    {
      shows: 'HEAD says 403 where 404 is meant (RTFACT-13797)',
      match: { method: 'HEAD', path: '/manifests/' },
      fault: { status: { from: 404, to: 403 } },
    },
  ],
}
