/** Gitea and Forgejo. */
import { type Dialect, wasRead } from '../dialect.ts'

export const gitea: Dialect = {
  name: 'gitea',
  title: 'Gitea, Forgejo',
  recognised: { hosts: ['codeberg.org', 'gitea.com'] },
  facts: {
    chunks: wasRead('works', 'go-gitea/gitea#34795'),
  },
}
