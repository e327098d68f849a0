/** Docker Hub. */
import { type Dialect, NO_REFERRERS_API, refusal, wasRead } from '../dialect.ts'

export const dockerHub: Dialect = {
  name: 'docker-hub',
  title: 'Docker Hub',
  recognised: { hosts: ['docker.io', 'index.docker.io', 'registry-1.docker.io'] },
  facts: {
    untag: wasRead('refused', 'docker/hub-feedback#1759'),
    remove: wasRead('refused', 'docker/hub-feedback#1759'),
    immutable: wasRead({ status: 403 }, 'docker/hub-feedback#2466'),
    referrersApi: wasRead('absent', 'docker/roadmap#724'),
  },
  quirks: [
    NO_REFERRERS_API,
    {
      shows: 'nothing can be deleted (docker/hub-feedback#1759)',
      match: { method: 'DELETE' },
      fault: refusal(405, 'UNSUPPORTED', 'The operation is unsupported.'),
    },
  ],
  removing: 'Delete it on the page of the repository, or with the API of Docker Hub.',
  notes: 'HEAD does not count as a pull, and is throttled nevertheless (regclient#711).',
}
