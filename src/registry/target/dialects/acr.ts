/** Azure Container Registry. */
import { type Dialect, wasRead } from '../dialect.ts'

export const acr: Dialect = {
  name: 'acr',
  title: 'Azure Container Registry',
  recognised: { hosts: ['.azurecr.io', '.azurecr.cn', '.azurecr.us'] },
  facts: {
    tagsPage: wasRead('fixed', 'Azure/acr#749'),
    referrersApi: wasRead('works', 'Azure/azure-cli#25069'),
  },
}
