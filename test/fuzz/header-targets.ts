/** Readers of what registries and clients send in headers. */
import { parseChallenges } from '../../src/registry/http/auth/challenge.ts'
import { parseRetryAfter } from '../../src/registry/http/retry-after.ts'
import { nextLink } from '../../src/registry/target/remote/link.ts'
import { readRange, writeRange } from '../../src/registry/target/serve/range.ts'
import { type FuzzTarget, holds, outcome, shapeOf } from './target.ts'

const NOW = Date.parse('2026-11-25T04:50:00Z')
/** Bytes of the blob that ranges are read for. */
const SIZE = 1000

const challenge: FuzzTarget = {
  name: 'challenge',
  tokens: [
    'Bearer ',
    'Basic ',
    'Negotiate ',
    'realm=',
    'service=',
    'scope=',
    '"',
    '\\',
    '\\"',
    ',',
    ', ',
    '=',
    '==',
    ' ',
    '\t',
    'https://auth.example.com/token',
    'repository:a/b:pull',
    'a',
    '\u0000',
    'é',
  ],
  check: (input) =>
    outcome(() => {
      const found = parseChallenges(input)
      for (const { scheme, parameters } of found) {
        holds(/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(scheme), `a scheme is a lower-case token: ${JSON.stringify(scheme)}`)
        for (const [name, value] of parameters) {
          holds(name === name.toLowerCase() && name !== '', 'a name is lower case')
          holds(value.length <= input.length, 'a value is no longer than the header')
        }
      }
      return `${found.length > 3 ? 'many' : found.map(({ parameters }) => Math.min(parameters.size, 4)).join()}`
    }),
}

const link: FuzzTarget = {
  name: 'link',
  tokens: [
    '<',
    '>',
    '; rel="next"',
    ';rel=next',
    'rel="prev next"',
    ',',
    ', ',
    '"',
    '=',
    ';',
    ' ',
    '/v2/a/tags/list?last=b&n=10',
    'https://example.com',
    'REL',
    '\r\n',
  ],
  check: (input) =>
    outcome(() => {
      const next = nextLink(input)
      holds(next === undefined || (input.includes(next) && next === next.trim()), 'what is followed stands in the header')
      return next === undefined ? 'none' : next === '' ? 'empty' : next.includes('<') ? 'odd' : 'next'
    }),
}

const range: FuzzTarget = {
  name: 'range',
  tokens: [
    'bytes',
    '=',
    ' ',
    '-',
    '/',
    '*',
    ',',
    '0',
    '9',
    '999',
    '1000',
    '999999999999999',
    '9007199254740993',
    'bytes=0-',
    'bytes=-1',
    'bytes 0-9/10',
    '0-',
    '+1',
    '0x1',
    '1e3',
  ],
  check: (input) =>
    outcome(() => {
      const read = readRange(input, SIZE)
      if (read !== undefined && read !== 'unsatisfiable')
        holds(read.first >= 0 && read.first <= read.last && read.last < SIZE, `${shapeOf(read)} lies within the blob`)
      holds(readRange(input, 0) === undefined || readRange(input, 0) === 'unsatisfiable', 'an empty blob has no part')
      const written = writeRange(input)
      if (written) {
        holds(Number.isSafeInteger(written.first) && Number.isSafeInteger(written.last) && written.first >= 0 && written.last >= 0, 'both are exact')
        holds(JSON.stringify(writeRange(`${written.first}-${written.last}`)) === JSON.stringify(written), 'it reads the same when printed')
      }
      return `${typeof read === 'object' ? 'part' : read} ${written === undefined ? 'no' : 'yes'}`
    }),
}

const retryAfter: FuzzTarget = {
  name: 'retry-after',
  tokens: [
    '0',
    '1',
    '120',
    '1700000000',
    '999999999999',
    '-1',
    '.5',
    'µs',
    's',
    'Wed, 25 Nov 2026 05:00:00 GMT',
    'Wednesday, 25-Nov-26 05:00:00 GMT',
    'GMT',
    ' ',
    ',',
    'Nov',
    '2026-11-25T05:00:00Z',
    '1h',
    'ms',
    '+0100',
  ],
  check: (input) =>
    outcome(() => {
      const wait = parseRetryAfter(input, NOW)
      holds(wait === undefined || (Number.isFinite(wait) && wait >= 0), `a wait is a time that passes: ${wait}`)
      return wait === undefined ? 'none' : `${Math.min(14, Math.round(Math.log10(wait + 1)))}`
    }),
}

export const HEADER_TARGETS: readonly FuzzTarget[] = [challenge, link, range, retryAfter]
