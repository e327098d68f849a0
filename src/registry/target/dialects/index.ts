// Printed by `npm run generate` from the modules beside it. Edit that, not this.
/** Every registry product that is known. */
import type { Dialect } from '../dialect.ts'
import { acr } from './acr.ts'
import { alibabaAcr } from './alibaba-acr.ts'
import { artifactory } from './artifactory.ts'
import { distribution2 } from './distribution-2.ts'
import { distribution3 } from './distribution-3.ts'
import { dockerHub } from './docker-hub.ts'
import { ecr } from './ecr.ts'
import { ecrPublic } from './ecr-public.ts'
import { gar } from './gar.ts'
import { ghcr } from './ghcr.ts'
import { gitea } from './gitea.ts'
import { gitlab } from './gitlab.ts'
import { harbor } from './harbor.ts'
import { huaweiSwr } from './huawei-swr.ts'
import { kubeferry } from './kubeferry.ts'
import { nexus } from './nexus.ts'
import { quay } from './quay.ts'
import { redHat } from './red-hat.ts'
import { tencentTcr } from './tencent-tcr.ts'
import { zot } from './zot.ts'

export const DIALECTS: readonly Dialect[] = [
  acr,
  alibabaAcr,
  artifactory,
  distribution2,
  distribution3,
  dockerHub,
  ecr,
  ecrPublic,
  gar,
  ghcr,
  gitea,
  gitlab,
  harbor,
  huaweiSwr,
  kubeferry,
  nexus,
  quay,
  redHat,
  tencentTcr,
  zot,
]
