/** From a name in a tar to the file it stands for, through links that stay inside. */
import { Failure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'
import type { TarEntry } from './tar-entry.ts'
import type { TarFile } from './tar-file.ts'

const MOST_LINKS = 40

/** @param where how messages call what needs it @throws Failure CONTENT_MISSING, CONTENT_INVALID for links in a circle */
export function entryAt(tar: Pick<TarFile, 'table'>, path: string, where: string): TarEntry {
  let name = path.replace(/^(?:\.\/)+/, '')
  for (let hops = 0; hops < MOST_LINKS; hops += 1) {
    const entry = tar.table.get(name)
    if (!entry) {
      throw new Failure('CONTENT_MISSING', `${printable(path, 200)}, which ${where} needs, is not in the archive`, {
        hint: 'The archive is not whole: save or fetch it again.',
      })
    }
    if (entry.target === undefined) return entry
    name = entry.target
  }
  throw new Failure('CONTENT_INVALID', `${printable(path, 200)} in ${where} is a link that leads to itself`)
}
