/** One entry of a tar: what it is called and where its bytes are. Only files, directories and links that stay inside are entries. */
import { printable } from '../../../kit/printable.ts'
import type { Extended } from './pax.ts'
import type { TarHeader } from './tar-header-read.ts'
import { cleanName, invalid, unsupported } from './tar-trouble.ts'

export interface TarEntry {
  readonly kind: 'file' | 'link'
  /** Clean: no `./`, no `..`, no slash at either end. */
  readonly name: string
  /** Of the content in the file, in bytes. */
  readonly offset: number
  readonly size: number
  /** Of a link: the name in the archive that it stands for. */
  readonly target?: string
}

interface Folder {
  readonly kind: 'folder'
  readonly name: string
}

/** @throws Failure CONTENT_INVALID, UNSUPPORTED */
export function entryOf(header: TarHeader, extended: Extended, { offset, length }: { offset: number; length: number }, where: string): TarEntry | Folder {
  const name = cleanName(extended.path ?? header.name, where)
  const { type } = header
  if (type === '5' || (type === '0' && (extended.path ?? header.name).endsWith('/') && length === 0)) return { kind: 'folder', name }
  if (name === '') throw invalid(where, 'an entry has no name')
  if (type === '0') return { kind: 'file', name, offset, size: length }
  if (type !== '1' && type !== '2') throw unsupported(where, type === 'S' ? 'sparse files' : `entries of type ${printable(type)}`)
  if (length > 0) throw invalid(where, 'a link has content')
  const target = linkTarget(name, extended.linkpath ?? header.target, type === '2', where)
  return { kind: 'link', name, offset, size: 0, target }
}

/** A symbolic link counts from its folder, a hard link from the root of the archive. @throws Failure when it leads out */
function linkTarget(name: string, target: string, symbolic: boolean, where: string): string {
  const parts = symbolic ? name.split('/').slice(0, -1) : []
  if (target.startsWith('/') || target === '') throw invalid(where, `the link ${printable(name, 200)} leads out of the archive`)
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) throw invalid(where, `the link ${printable(name, 200)} leads out of the archive`)
  }
  return cleanName(parts.join('/'), where)
}
