import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { targetContract } from '../../../contracts/target-contract.ts'

targetContract('layout', async () => {
  const place = await mkdtemp(join(tmpdir(), 'ferry-layout-'))
  return { target: openLayout(join(place, 'out')), cleanup: () => rm(place, { recursive: true }) }
})
