/** Alibaba Cloud Container Registry (ACR). */
import type { Dialect } from '../dialect.ts'

export const alibabaAcr: Dialect = {
  name: 'alibaba-acr',
  title: 'Alibaba Cloud Container Registry',
  recognised: { hosts: ['registry.*.aliyuncs.com', 'registry-vpc.*.aliyuncs.com', 'registry-internal.*.aliyuncs.com', '*.*.cr.aliyuncs.com'] },
  facts: {},
}
