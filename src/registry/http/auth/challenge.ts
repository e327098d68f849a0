/** `WWW-Authenticate`, read in one pass: several challenges in one line, quoted strings, token68. RFC 9110 §11.6.1. */

export interface Challenge {
  /** Lower case: `bearer`, `basic`, `negotiate`. */
  readonly scheme: string
  /** Names in lower case; of a name that stands twice the first counts. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]/
const TOKEN68 = /[A-Za-z0-9._~+/-]/
const LONGEST = 16 * 1024

/** @param header all headers of that name, joined with `, `; what cannot be read is left out */
export function parseChallenges(header: string | undefined): Challenge[] {
  const text = header ?? ''
  if (text.length > LONGEST) return []
  const found: Array<{ scheme: string; parameters: Map<string, string> }> = []
  let at = 0
  const skip = (characters: string): void => {
    while (at < text.length && characters.includes(text.charAt(at))) at += 1
  }
  const run = (allowed: RegExp): string => {
    const start = at
    while (at < text.length && allowed.test(text.charAt(at))) at += 1
    return text.slice(start, at)
  }
  while (at < text.length) {
    skip(' \t,')
    const word = run(TOKEN)
    if (word === '') {
      at += 1
      continue
    }
    skip(' \t')
    if (text.charAt(at) === '=') {
      at += 1
      skip(' \t')
      const value = text.charAt(at) === '"' ? quoted() : run(/[^\s,]/)
      const parameters = found.at(-1)?.parameters
      const name = word.toLowerCase()
      if (parameters && !parameters.has(name)) parameters.set(name, value)
    } else {
      found.push({ scheme: word.toLowerCase(), parameters: new Map() })
      passToken68()
    }
  }
  return found

  function quoted(): string {
    at += 1
    let value = ''
    while (at < text.length && text.charAt(at) !== '"') {
      if (text.charAt(at) === '\\') at += 1
      value += text.charAt(at)
      at += 1
    }
    at += 1
    return value
  }

  /** `Negotiate YII=`: a value without a name. Stays where it is when a parameter follows instead. */
  function passToken68(): void {
    const start = at
    const value = run(TOKEN68)
    skip('=')
    skip(' \t')
    if (value === '' || (at < text.length && text.charAt(at) !== ',')) at = start
  }
}
