/** What this process gives to the life of a step. */

import { credentialSources } from '../hosts/credentials.ts'
import { networkSettings } from '../hosts/network.ts'
import { Failure } from '../kit/failure.ts'
import { suggest } from '../kit/suggest.ts'
import type { Machine } from '../step/life.ts'
import type { AnyStep } from '../step/step.ts'
import { STEPS } from '../steps/index.ts'

/** @param dockerConfig a docker config file that is asked before all others */
export function machine(signal: AbortSignal, dockerConfig?: string): Machine {
  return {
    call: { signal },
    directory: process.cwd(),
    credentials: credentialSources(process.env, dockerConfig),
    network: networkSettings(process.env),
    loadStep,
  }
}

/** @throws Failure INPUT_INVALID for a name that is no step */
export async function loadStep(name: string): Promise<AnyStep> {
  const entry = Object.entries(STEPS).find(([known]) => known === name)?.[1]
  if (entry) return entry.load()
  const meant = suggest(name, Object.keys(STEPS))
  throw new Failure('INPUT_INVALID', `"${name.slice(0, 80)}" is not a step`, {
    hint: meant === undefined ? `Steps are ${Object.keys(STEPS).join(', ')}.` : `Did you mean ${meant}?`,
  })
}
