import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistryClient } from '../../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { parseReference } from '../../../src/registry/oci/reference.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { targetContract } from '../../contracts/target-contract.ts'

targetContract('remote', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-remote-'))
  const registry = await serveRegistry({ directory })
  const client = createRegistryClient({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  return {
    target: openRemote(parseReference(`${registry.host}/team/app`), client),
    cleanup: async () => {
      client.close()
      await registry.close()
      await rm(directory, { recursive: true })
    },
  }
})
