/** A gzip'd tar, unpacked once to a file without a name: nothing of it is left when the process ends, however it ends. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { writeAll } from '../layout/durable.ts'
import { fileTrouble } from '../layout/trouble.ts'

/** @param packed read from its beginning; stays open @throws Failure CONTENT_INVALID when it is no whole gzip */
export async function inflated(packed: FileHandle, name: string, call: Call): Promise<FileHandle> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-archive-'))
  let plain: FileHandle
  try {
    plain = await open(join(place, 'plain.tar'), 'wx+', 0o600)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
  const gunzip = process.getBuiltinModule('node:zlib').createGunzip()
  // The error reaches the reader below; the callback only keeps it from being thrown a second time.
  pipeline(packed.createReadStream({ start: 0, autoClose: false }), gunzip, () => {})
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      throwIfStopped(call)
      await writeAll(plain, chunk)
    }
    return plain
  } catch (error) {
    await plain.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw fileTrouble(error, `cannot unpack ${name}`)
    throw new Failure('CONTENT_INVALID', `cannot unpack ${name}`, {
      cause: 'it begins like gzip, but is damaged or ends in the middle',
      hint: 'Fetch the archive again.',
    })
  }
}
