/** Azure Container Registry. */
import { type Dialect, wasRead } from '../dialect.ts'

export const acr: Dialect = {
  name: 'acr',
  title: 'Azure Container Registry',
  recognised: { hosts: ['.azurecr.io', '.azurecr.cn', '.azurecr.us'] },
  facts: {
    tagsPage: wasRead('fixed', 'Azure/acr#749'),
    tagsWithDigests: wasRead('GET /acr/v1/NAME/_tags', 'Azure Container Registry REST API, tag'),
    referrersApi: wasRead('works', 'Azure/azure-cli#25069'),
  },
  removing: 'Remove it with az acr repository untag, or delete the image with az acr repository delete.',
}
