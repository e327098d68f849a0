/** The loop: take a seed, change it, read it, keep it when something new came of it. No coverage is measured; outcomes are. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../house/source.ts'
import { createDice, mutate } from './mutate.ts'
import type { FuzzTarget } from './target.ts'

export interface FuzzResult {
  readonly runs: number
  /** Inputs with an outcome that nothing before them had. */
  readonly fresh: readonly string[]
}

/** Different outcomes that are kept in one run: a target whose word for an outcome has no end must not fill the memory. */
const MOST_KEPT = 2000

const corpusFile = (name: string): string => join(ROOT, 'test/fuzz/corpus', `${name}.json`)

export function readCorpus(name: string): string[] {
  return JSON.parse(readFileSync(corpusFile(name), 'utf8')) as string[]
}

/** Adds what a long run found, up to a size that can still be read. */
export function keepInCorpus(name: string, fresh: readonly string[]): void {
  const short = fresh.filter((input) => input.length <= 400 && input.isWellFormed()).slice(0, 40)
  const all = [...new Set([...readCorpus(name), ...short])]
  writeFileSync(corpusFile(name), `${JSON.stringify(all, null, 2)}\n`)
}

/** @throws Error with the input, as JSON, that broke the target */
export function fuzz(target: FuzzTarget, corpus: readonly string[], seconds: number, seed: number): FuzzResult {
  const dice = createDice(seed)
  const pool = [...corpus]
  const fresh: string[] = []
  const words = new Set<string>()
  const read = (input: string): boolean => {
    let word: string
    try {
      word = target.check(input)
    } catch (error) {
      throw new Error(`${target.name} (seed ${seed}) on ${JSON.stringify(input)}: ${String(error)}`, { cause: error })
    }
    if (words.has(word)) return false
    words.add(word)
    return true
  }
  for (const input of corpus) read(input)
  let runs = 0
  const end = performance.now() + seconds * 1000
  for (; runs % 64 !== 0 || performance.now() < end; runs += 1) {
    const input = mutate(dice.of(pool), dice.of(pool), target.tokens, dice)
    if (!read(input) || fresh.length >= MOST_KEPT) continue
    pool.push(input)
    fresh.push(input)
  }
  return { runs, fresh }
}

/** Characters of the short and the long input whose times are compared. */
const SHORT = 8 * 1024
const LONG = 128 * 1024
/** Tries before a time is believed to be too long. */
const PATIENT = 15

/** Every token repeated, alone and after each kind of beginning: the long one may take as many times longer as it is longer, thrice. */
export function superlinear(target: FuzzTarget, corpus: readonly string[]): string[] {
  const found: string[] = []
  for (const start of ['', ...corpus.filter((input) => input.length < 200).slice(0, 12)]) {
    for (const token of target.tokens) {
      const pumped = (length: number): string => `${start}${token.repeat(Math.ceil(length / token.length))}${start}`
      const long = fastest(target, pumped(LONG))
      // Faster than this it cannot be measured, and need not be.
      if (long < 20) continue
      const bound = (tries?: number): number => 3 * (LONG / SHORT) * Math.max(fastest(target, pumped(SHORT), tries), 0.2)
      // Looked at again with patience: on a busy machine three tries can all be slow.
      if (long > bound() && fastest(target, pumped(LONG), PATIENT) > bound(PATIENT))
        found.push(`${JSON.stringify(start)} + ${JSON.stringify(token)}…: ${Math.round(long)} ms`)
    }
  }
  return found
}

function fastest(target: FuzzTarget, input: string, most = 3): number {
  let best = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < most && best > 5; tries += 1) {
    const started = performance.now()
    target.check(input)
    best = Math.min(best, performance.now() - started)
  }
  return best
}
