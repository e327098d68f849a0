import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import { targetContract } from '../../contracts/target-contract.ts'

targetContract('memory', async () => ({ target: createMemoryTarget(), cleanup: async () => undefined }))
