/** A directory for one test, gone after it, and archives to put into it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from 'tar-stream'
import { onTestFinished } from 'vitest'
import { type ArchiveTarget, openArchive } from '../../../../src/registry/target/archive/archive.ts'

export async function makePlace(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-archive-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  return place
}

/** An archive that is closed when the test is over. */
export function archiveAt(file: string): ArchiveTarget {
  const archive = openArchive(file)
  onTestFinished(() => archive.discard())
  return archive
}

export interface TarPart {
  readonly name: string
  readonly bytes?: string | Uint8Array
  readonly type?: 'file' | 'directory' | 'symlink' | 'link'
  readonly linkname?: string
}

/** A tar as tar-stream writes it. */
export async function tarOf(parts: readonly TarPart[]): Promise<Buffer> {
  const stream = pack()
  for (const { name, bytes = '', type = 'file', linkname } of parts) {
    const header = { name, type, mtime: new Date(0), ...(linkname === undefined ? {} : { linkname }) }
    if (type === 'file') stream.entry(header, Buffer.from(bytes))
    else stream.entry(header)
  }
  stream.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function tarFile(file: string, parts: readonly TarPart[]): Promise<string> {
  await writeFile(file, await tarOf(parts))
  return file
}
