/** Changes inputs at random, the same way for the same seed. */

export interface Dice {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  of<T>(items: readonly T[]): T
}

/** mulberry32: 32 bits of state are enough to be different each time, and few enough to be written into a message. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    of(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
  }
}

/** Characters. Longer inputs are what the test of linear time is for. */
const LONGEST = 4096

/** One to four changes; `other` is spliced in now and then. */
export function mutate(input: string, other: string, tokens: readonly string[], dice: Dice): string {
  let text = input
  for (let changes = dice.below(4); changes >= 0; changes -= 1) text = change(text, other, tokens, dice).slice(0, LONGEST)
  return text
}

function change(text: string, other: string, tokens: readonly string[], dice: Dice): string {
  const at = dice.below(text.length + 1)
  const end = Math.min(text.length, at + 1 + dice.below(8))
  switch (dice.below(8)) {
    case 0:
      return text.slice(0, at) + text.slice(end)
    case 1:
      return text.slice(0, at) + String.fromCharCode(dice.below(dice.below(4) === 0 ? 0x10000 : 0x80)) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + dice.below(4)) + text.slice(at)
    case 3:
      return text.slice(0, at) + other.slice(dice.below(other.length + 1))
    case 4:
      return text.slice(0, at) + dice.of(tokens).repeat(dice.below(16) === 0 ? 1 + dice.below(64) : 1) + text.slice(end)
    case 5:
      return text.slice(end, end + 40) + text.slice(0, end)
    default:
      return text.slice(0, at) + dice.of(tokens) + text.slice(at)
  }
}
