/** Gitea and Forgejo. */
import { type Dialect, wasRead } from '../dialect.ts'

export const gitea: Dialect = {
  name: 'gitea',
  title: 'Gitea, Forgejo',
  recognised: { hosts: ['codeberg.org', 'gitea.com'], headers: { 'www-authenticate': '/v2/token",service="container_registry"' } },
  facts: {
    chunks: wasRead('works', 'go-gitea/gitea#34795'),
  },
}
