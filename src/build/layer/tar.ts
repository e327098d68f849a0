/** The entries of a layer as one tar stream, in large chunks. Every time stamp is the one that is given. */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { padding, TAR_END, tarHeader } from '../../kit/tar-header.ts'
import type { Context } from '../context/context.ts'
import { openFile } from '../context/read-file.ts'
import type { Entry, FileEntry } from './entry.ts'
import { judgeFile } from './suspicious.ts'

/** Bytes gathered before they are handed on: what makes compression and hashing cheap per call. */
const GATHERED = 256 * 1024

export interface TarOptions {
  readonly context: Context
  readonly entries: readonly Entry[]
  /** Seconds since 1970. */
  readonly time: number
  /** Told of every file that looks like a secret. */
  readonly onSuspicious: (source: string) => void
}

export async function* tarStream(options: TarOptions, call: Call): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = []
  let length = 0
  for await (const piece of pieces(options, call)) {
    gathered.push(piece)
    length += piece.length
    if (length < GATHERED) continue
    yield Buffer.concat(gathered, length)
    gathered = []
    length = 0
  }
  yield Buffer.concat(gathered, length)
}

async function* pieces(options: TarOptions, call: Call): AsyncGenerator<Buffer> {
  for (const entry of options.entries) {
    throwIfStopped(call)
    if (entry.kind === 'file') yield* filePieces(entry, options, call)
    else yield tarHeader(entry, entry.kind === 'link' ? 0o777 : entry.mode, 0, options.time)
  }
  yield TAR_END
}

async function* filePieces(entry: FileEntry, { context, time, onSuspicious }: TarOptions, call: Call): AsyncGenerator<Buffer> {
  const file = await openFile(context, entry.source)
  try {
    yield tarHeader(entry, entry.mode ?? (file.executable ? 0o755 : 0o644), file.size, time)
    let head = true
    for await (const chunk of file.chunks(call)) {
      if (head) judge(entry, chunk, onSuspicious)
      head = false
      yield chunk
    }
    yield padding(file.size)
  } finally {
    await file.close()
  }
}

function judge(entry: FileEntry, head: Buffer, onSuspicious: (source: string) => void): void {
  const verdict = judgeFile(entry.source, head)
  if (verdict === 'signing-key' && !entry.named) {
    throw new Failure('INPUT_INVALID', `refused to put ${printable(entry.source)} into the image: it is a key that signs images`, {
      hint: `Move it out of the context, or name it in .ferryignore. If the image really needs it, name it: from: ${printable(entry.source)}.`,
    })
  }
  if (verdict !== 'fine') onSuspicious(entry.source)
}
