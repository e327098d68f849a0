/** What the file system answers, said in words that name the layout. */
import { asFailure, Failure } from '../../../kit/failure.ts'

/** The code of a system error: `ENOENT`, `EEXIST`, …; empty for anything else. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** @param what what was tried, e.g. `cannot write oci:./out` */
export function fileTrouble(error: unknown, what: string): Failure {
  if (error instanceof Failure) return error
  const code = systemCode(error)
  if (code === '') return asFailure(error)
  const known = asFailure(error)
  if (known.code === 'STORAGE_FULL')
    return new Failure('STORAGE_FULL', `${what}: no space is left`, { cause: error, ...(known.hint === undefined ? {} : { hint: known.hint }) })
  const refused = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
  return new Failure('FILE_UNREADABLE', `${what}${refused ? ': it is read-only or not ours' : ''}`, {
    cause: error,
    hint: refused
      ? 'Name a directory that this user may read and write, or mend its owner and mode.'
      : 'Look at the path and the state of the disk, then run the same command again.',
    facts: { system: code },
  })
}
