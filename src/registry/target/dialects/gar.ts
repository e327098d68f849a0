/** Google Artifact Registry, and what is left of Container Registry. */
import { type Dialect, NO_CHUNKS, wasRead } from '../dialect.ts'

export const gar: Dialect = {
  name: 'gar',
  title: 'Google Artifact Registry',
  recognised: { hosts: ['*-docker.pkg.dev', 'gcr.io', '.gcr.io'] },
  facts: {
    chunks: wasRead('never', 'skopeo#1101, kitops#777'),
    remove: wasRead('tags first', 'genuinetools/reg#136, kube-image-keeper#636'),
    tagsWithDigests: wasRead('GET /v2/NAME/tags/list has a map "manifest"', 'go-containerregistry, pkg/v1/google'),
    referrersApi: wasRead('works', 'oras#1626'),
  },
  quirks: [NO_CHUNKS],
  notes: 'Sizes in its listings of attachments are wrong (oras#1626) and not used.',
}
