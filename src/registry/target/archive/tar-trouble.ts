/** What is wrong with a tar, in words, and the names that may stand in one. */
import { Failure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'

/**
 * A name without `./` and slashes at the end; empty for the root itself.
 * @throws Failure CONTENT_INVALID for names that lead out of the archive
 */
export function cleanName(name: string, where: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (name.startsWith('/') || name.includes('\0') || parts.includes('..')) throw invalid(where, `the name ${printable(name, 200)} leads out of the archive`)
  return parts.join('/')
}

export function invalid(where: string, why: string): Failure {
  return new Failure('CONTENT_INVALID', `cannot read ${where}`, { cause: why, hint: 'Make the archive anew, or fetch it again.' })
}

export function unsupported(where: string, what: string): Failure {
  return new Failure('UNSUPPORTED', `cannot read ${where}`, {
    cause: `${what} in an archive are not read`,
    hint: 'Make the archive with skopeo, crane, docker save or ferry.',
  })
}
