/** Docker Hub. */
import { type Dialect, wasRead } from '../remote/dialect.ts'

export const dockerHub: Dialect = {
  name: 'docker-hub',
  title: 'Docker Hub',
  recognised: { hosts: ['docker.io', 'index.docker.io', 'registry-1.docker.io'] },
  facts: {
    untag: wasRead('refused', 'docker/hub-feedback#1759'),
    remove: wasRead('refused', 'docker/hub-feedback#1759'),
    referrersApi: wasRead('absent', 'docker/roadmap#724'),
  },
  notes: 'Removing is done in the web page or the API of Docker Hub. HEAD does not count as a pull, and is throttled nevertheless (regclient#711).',
}
