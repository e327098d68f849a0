/** Carrying a deletion out: only in the world that was planned for, in order, and looked at afterwards. */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { asFailure, Failure } from '../../kit/failure.ts'
import type { Deletes, Target } from '../../registry/target/target.ts'
import { checkFresh } from '../plan/plan.ts'
import { type DeletionPlan, seenIn } from './plan-deletion.ts'
import { type Doomed, surveyDeletion } from './survey.ts'

/**
 * @returns how many names and manifests are gone
 * @throws Failure PLAN_STALE before anything is removed, PARTLY_DONE when something could not go
 */
export async function applyDeletion(target: Target & Deletes, plan: DeletionPlan, doomed: readonly Doomed[], call: Call): Promise<number> {
  checkFresh(plan, seenIn(await surveyDeletion(target, doomed, call)))
  let gone = 0
  for (const removal of plan.removals) {
    throwIfStopped(call)
    const name = 'tag' in removal ? removal.tag : removal.descriptor.digest
    try {
      if ('tag' in removal) await target.untag(removal.tag, call)
      else await target.remove(removal.descriptor, call)
      if ((await target.resolve(name, call)) !== undefined) {
        throw new Failure('PROTOCOL_ERROR', `${name} is still in ${target.name}`, {
          cause: 'the registry accepted the deletion and still shows it',
          hint: 'Look again in a while; run the same command again.',
        })
      }
    } catch (error) {
      throwIfStopped(call)
      const failure = asFailure(error)
      if (gone === 0) throw failure
      // What comes later may need what could not go, so it ends here.
      throw new Failure('PARTLY_DONE', `${gone} of ${plan.removals.length} are gone from ${target.name}, and ${name} could not be removed`, {
        cause: failure,
        hint: failure.hint ?? 'Mend that, and run the same command again: it goes on from there.',
        facts: { gone, stopped: name },
      })
    }
    gone += 1
  }
  return gone
}
