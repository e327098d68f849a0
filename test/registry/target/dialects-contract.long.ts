/** The contract of targets on stand-ins of registry products: what holds everywhere holds through their oddities too, where they can do it at all. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistryClient } from '../../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { DIALECTS } from '../../../src/registry/target/dialects/index.ts'
import { parseFaultPlan } from '../../../src/registry/target/faults/read-plan.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { type Lack, targetContract } from '../../contracts/target-contract.ts'

for (const { name, facts, quirks = [] } of DIALECTS) {
  if (quirks.length === 0) continue
  const deletes = quirks.some(({ match }) => match.method === 'DELETE')
  const lacks: Lack[] = deletes ? ['deletes'] : []
  // The contract compares sizes, and a size that HEAD names is only passed on (dialects.test.ts shows that nothing rests on it).
  const rules = quirks.filter(({ match }) => match.method !== 'HEAD').map(({ match, fault }) => ({ match, fault }))
  const faults = facts.head?.is === 'wrong size' ? parseFaultPlan({ rules }) : { quirks: name }
  targetContract(
    `stand-in of ${name}`,
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'ferry-dialect-'))
      const registry = await serveRegistry({ directory, faults, invariant: true })
      const client = createRegistryClient({
        credentials: ANONYMOUS,
        userAgent: 'kubeferry-test',
        dialects: { [registry.host]: name },
        timing: { backoff: () => 1 },
      })
      return {
        target: openRemote({ registry: registry.host, path: 'team/app' }, client),
        cleanup: async () => {
          client.close()
          await registry.close()
          await rm(directory, { recursive: true })
          if (registry.violations.length > 0) throw new Error(`a tag named an incomplete image: ${JSON.stringify(registry.violations[0])}`)
        },
      }
    },
    lacks,
  )
}
