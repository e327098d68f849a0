/** Many at once, or one alone: writes go side by side, finishing waits for them and lets no new one begin. */

export interface Turns {
  /** Runs beside others, not while somebody is alone. */
  together<T>(work: () => Promise<T>): Promise<T>
  /** Runs when all that began before has ended. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const running = new Set<Promise<void>>()
  /** Ends when nobody is alone any more; replaced when somebody else wants to be. */
  let gate: Promise<void> = Promise.resolve()
  return {
    async together(work) {
      for (let seen: Promise<void> | undefined; seen !== gate; ) {
        seen = gate
        await seen
      }
      const one = work()
      const ended = settled(one)
      running.add(ended)
      try {
        return await one
      } finally {
        running.delete(ended)
      }
    },
    alone(work) {
      const one = Promise.all([gate, ...running]).then(() => work())
      gate = settled(one)
      return one
    },
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work])
}
