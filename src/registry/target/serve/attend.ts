/** One exchange from its first byte to its last: noted, disturbed when a fault plan says so, carried out, asserted, answered. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { History, HistoryEntry } from './history.ts'
import { findViolations, type Violation } from './invariant.ts'
import type { Repositories } from './repositories.ts'
import { repositoryOf } from './route.ts'
import { send } from './send.ts'

type CarryOut = (message: IncomingMessage) => Promise<Answer>
export type Count = (bytes: number) => void

/** An exchange as a fault sees it. */
export interface Exchange {
  readonly entry: HistoryEntry
  readonly message: IncomingMessage
  readonly response: ServerResponse
  /** What the registry does with a request. */
  readonly carryOut: CarryOut
  /** Is told how many bytes of body were sent. */
  readonly count: Count
}

interface Watchers {
  /** Says whether it has dealt with the exchange. */
  readonly disturbed?: (exchange: Exchange) => Promise<boolean>
  readonly onRequest?: (entry: HistoryEntry) => void | Promise<void>
}

interface Assertion {
  readonly repositories: Repositories
  readonly violated: (violation: Violation) => void
}

export function createAttendant(
  answerOf: CarryOut,
  history: History,
  { disturbed, onRequest }: Watchers,
  assertion: Assertion | undefined,
): (message: IncomingMessage, response: ServerResponse, count: Count) => Promise<void> {
  return async (message, response, count) => {
    const entry = history.note(message)
    const carryOut: CarryOut = async (one) => {
      const answer = await answerOf(one)
      entry.status = answer.status
      const writes = message.method !== 'GET' && message.method !== 'HEAD'
      if (assertion && writes && answer.status < 400) await assertWhole(message, assertion)
      return answer
    }
    await onRequest?.(entry)
    if (await disturbed?.({ entry, message, response, carryOut, count })) return
    await send(message, response, await carryOut(message), count)
  }
}

async function assertWhole({ method = '', url = '' }: IncomingMessage, { repositories, violated }: Assertion): Promise<void> {
  const repository = repositoryOf(url)
  if (repository === undefined) return
  for (const violation of await findViolations(repositories.store(repository), repository, `${method} ${url}`)) violated(violation)
}
