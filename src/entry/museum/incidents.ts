/** What a row of the bug museum is: something that went wrong somewhere, and what it asks of us. */

export interface Incident {
  /** `trap 7`, `case 12`: as test titles name it in brackets. Reserve incidents have only sources. */
  readonly id?: string
  /** Reports and advisories as test titles name them: `oras-go#1152`, `CVE-2024-3727`. */
  readonly sources: readonly string[]
  /** What happened, or what must happen. */
  readonly about: string
  /** Why no test here shows it. */
  readonly untested?: string
}

export function trap(number: number, sources: string, about: string, untested?: string): Incident {
  return { id: `trap ${number}`, ...reserve(sources, about, untested) }
}

export function reserve(sources: string, about: string, untested?: string): Incident {
  return { sources: sources.split(' '), about, ...(untested === undefined ? {} : { untested }) }
}

export function fault(number: number, about: string, untested?: string): Incident {
  return { id: `case ${number}`, sources: [], about, ...(untested === undefined ? {} : { untested }) }
}
