/**
 * What holds for every Target, wherever it is: call it with a way to make an empty one.
 *
 *   targetContract('memory', async () => ({ target: createMemoryTarget(), cleanup: async () => {} }))
 */
import { afterEach, beforeEach, describe } from 'vitest'
import type { Deletes, ListsReferrers, ListsTags, Target } from '../../src/registry/target/target.ts'
import { bodiesContract } from './target/bodies.ts'
import { deletesContract } from './target/deletes.ts'
import { kindsContract } from './target/kinds.ts'
import { pushContract } from './target/push.ts'
import { referrersContract } from './target/referrers.ts'
import { tagsContract } from './target/tags.ts'

export type ContractTarget = Target & ListsTags & ListsReferrers & Deletes

export interface Made {
  readonly target: ContractTarget
  readonly cleanup: () => Promise<void>
}

/** What a kind of target cannot do, and therefore is not asked. */
export type Lack = 'sha512' | 'deletes' | 'unusual types'

export function targetContract(name: string, make: () => Promise<Made>, lacks: readonly Lack[] = []): void {
  // Every push syncs to the disk, and the disk may be busy with other tests.
  describe(`target contract: ${name}`, { timeout: 30_000 }, () => {
    let made: Made | undefined
    beforeEach(async () => {
      made = await make()
    })
    afterEach(async () => {
      await made?.cleanup()
      made = undefined
    })
    const target = (): ContractTarget => {
      if (!made) throw new Error('asked for the target outside of a test')
      return made.target
    }
    pushContract(target)
    tagsContract(target)
    bodiesContract(target)
    referrersContract(target)
    if (!lacks.includes('unusual types')) kindsContract(target, !lacks.includes('sha512'))
    if (!lacks.includes('deletes')) deletesContract(target)
  })
}
