/** Readers of names that users write: references, locations. */
import { isDigest } from '../../src/registry/oci/digest.ts'
import { isTag, parseReference, printReference } from '../../src/registry/oci/reference.ts'
import { parseLocation, printLocation } from '../../src/registry/target/location.ts'
import { type FuzzTarget, holds, outcome, shapeOf } from './target.ts'

const TOKENS = [
  '/',
  ':',
  '@',
  '.',
  '-',
  '_',
  '__',
  'a',
  'A',
  '0',
  '..',
  '//',
  '[::1]',
  '127.1',
  'localhost',
  ':5000',
  ':443',
  ':65536',
  'docker.io/',
  'library/',
  'xn--',
  'sha256:',
  `@sha256:${'0'.repeat(64)}`,
  `@sha512:${'f'.repeat(128)}`,
  'docker://',
  'https://',
  'oci:',
  '\\',
  '%2f',
  '?',
  '#',
  ' ',
  '\n',
  '\u0000',
  'é',
  '\u202e',
]

const reference: FuzzTarget = {
  name: 'reference',
  tokens: TOKENS,
  check: (input) =>
    outcome(() => {
      const read = parseReference(input)
      const printed = printReference(read)
      holds(JSON.stringify(parseReference(printed)) === JSON.stringify(read), `${printed} reads the same`)
      holds((read.tag === undefined || isTag(read.tag)) && (read.digest === undefined || isDigest(read.digest)), 'its parts are what they are called')
      // Nothing of a name may change what a URL means (CVE-2024-3727, and the traps of path building).
      const url = new URL(`https://${read.registry}/v2/${read.path}/manifests/${read.tag ?? 'latest'}`)
      holds(
        url.pathname === `/v2/${read.path}/manifests/${read.tag ?? 'latest'}` && url.search === '' && url.hash === '' && url.username === '',
        `${printed} stays in its place in a URL`,
      )
      return shapeOf(read) + (read.registry === 'docker.io' ? ' hub' : '') + (read.registry.includes('[') ? ' v6' : '')
    }),
}

const location: FuzzTarget = {
  name: 'location',
  tokens: [...TOKENS, 'oci:./out', 'oci:/', 'oci://', ':v1', 'oci-archive:', 'docker-archive:', 'a.tar'],
  check: (input) =>
    outcome(() => {
      const read = parseLocation(input)
      // A directory may itself end in what looks like a tag; printed with its tag or digest it is unambiguous.
      if (read.kind === 'layout') holds(read.directory !== '' && !read.directory.includes('\0'), 'a directory has a name')
      else if (read.kind !== 'remote') holds(read.file !== '' && !/[:\0]/.test(read.file), 'a file has a name without colon')
      if (read.kind !== 'layout' || read.tag !== undefined || read.digest !== undefined) {
        holds(JSON.stringify(parseLocation(printLocation(read))) === JSON.stringify(read), `${printLocation(read)} reads the same`)
      }
      return shapeOf(read)
    }),
}

export const NAME_TARGETS: readonly FuzzTarget[] = [reference, location]
