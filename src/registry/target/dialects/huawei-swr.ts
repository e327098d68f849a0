/** Huawei Cloud Software Repository for Container (SWR). */
import type { Dialect } from '../dialect.ts'

export const huaweiSwr: Dialect = {
  name: 'huawei-swr',
  title: 'Huawei Cloud SWR',
  recognised: { hosts: ['swr.*.myhuaweicloud.com', 'swr-api.*.myhuaweicloud.com', '*.swr.*.myhuaweicloud.com'] },
  facts: {},
  notes: 'One user reports that it refuses indexes with "fail to parse manifest.json" (regclient#720).',
}
