/** Tencent Container Registry (TCR). */
import type { Dialect } from '../dialect.ts'

export const tencentTcr: Dialect = {
  name: 'tencent-tcr',
  title: 'Tencent Container Registry',
  recognised: { hosts: ['.tencentcloudcr.com', '*.ccs.tencentyun.com', 'ccr.ccs.tencentyun.com'] },
  facts: {},
}
