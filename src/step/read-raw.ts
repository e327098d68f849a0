/** From what was given to a value, for each word of the vocabulary. Messages leave out the name of the field: it is added where it is known. */
import { Failure } from '../kit/failure.ts'
import { suggest } from '../kit/suggest.ts'
import { type Location, parseLocation } from '../registry/target/location.ts'

/** What a host hands over: text, or a list of texts for lists and maps. Empty text means not given, on every host. */
export type Raw = string | readonly string[]

export function anyText(raw: Raw): string {
  if (typeof raw !== 'string') return oneLine(raw)
  if (raw.includes('\0')) throw new Failure('INPUT_INVALID', 'has a NUL character')
  return raw
}

export function oneLine(raw: Raw): string {
  if (typeof raw !== 'string') {
    if (raw.length === 1 && raw[0] !== undefined) return oneLine(raw[0])
    throw new Failure('INPUT_INVALID', 'takes one value', { hint: `${raw.length} were given.` })
  }
  if (/[\0\r\n]/.test(raw)) throw new Failure('INPUT_INVALID', 'has a line break or NUL character', { hint: 'It takes one line of text.' })
  return raw
}

export function many(raw: Raw): readonly string[] {
  const items = typeof raw === 'string' ? raw.split('\n').map((line) => line.trim()) : raw
  return items.filter((item) => item !== '').map(anyText)
}

export function readKeys(raw: Raw): readonly string[] {
  return typeof raw === 'string' && raw.includes('-----BEGIN') ? [anyText(raw)] : many(raw)
}

export function readMap(raw: Raw): Readonly<Record<string, string>> {
  const entries = many(raw).map((item): [string, string] => {
    const equals = item.indexOf('=')
    if (equals < 1) throw new Failure('INPUT_INVALID', `has "${item.slice(0, 80)}", which is not key=value`)
    return [item.slice(0, equals), item.slice(equals + 1)]
  })
  const twice = entries.find(([key], index) => entries.findIndex(([other]) => other === key) !== index)
  if (twice) throw new Failure('INPUT_INVALID', `gives "${twice[0].slice(0, 80)}" twice`)
  return Object.fromEntries(entries)
}

/** Where something goes: not every place can be written to. */
export function writable(location: Location): Location {
  if (location.kind !== 'docker-archive') return location
  throw new Failure('UNSUPPORTED', 'is a docker-archive, which is only read', {
    hint: 'Write oci-archive:FILE.tar:tag, which keeps digests and signatures; docker load reads it since version 25, podman load always.',
  })
}

export function readImage(raw: Raw): Location {
  const location = parseLocation(oneLine(raw))
  // A file of docker save usually holds one image, which then needs no name.
  if (location.tag !== undefined || location.digest !== undefined || location.kind === 'docker-archive') return location
  throw new Failure('REFERENCE_INVALID', `"${oneLine(raw).slice(0, 300)}" names a repository but no image`, { hint: 'Add :tag or @sha256:….' })
}

export function readSwitch(raw: Raw): boolean {
  const given = oneLine(raw)
  if (/^(?:true|True|TRUE)$/.test(given)) return true
  if (/^(?:false|False|FALSE)$/.test(given)) return false
  throw new Failure('INPUT_INVALID', `is "${given.slice(0, 40)}", which is neither true nor false`, { hint: 'Write true or false.' })
}

export function readChoice<C extends readonly string[]>(given: string, choices: C): C[number] {
  if (choices.includes(given)) return given
  const meant = suggest(given, choices)
  throw new Failure(
    'INPUT_INVALID',
    `is "${given.slice(0, 80)}", which is not one of ${choices.join(', ')}`,
    meant === undefined ? {} : { hint: `Did you mean ${meant}?` },
  )
}

export function readInteger(raw: Raw): number {
  const given = oneLine(raw)
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(given)) throw new Failure('INPUT_INVALID', `is "${given.slice(0, 40)}", which is not a whole number`)
  return Number(given)
}

const UNIT: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

export function readDuration(raw: Raw): number {
  const given = oneLine(raw)
  const parts = [...given.matchAll(/([0-9]{1,9})(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== given) {
    throw new Failure('INPUT_INVALID', `is "${given.slice(0, 40)}", which is not a duration`, { hint: 'Write for example 90s, 5m or 1h30m.' })
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT[unit ?? ''] ?? 0), 0)
}
