/**
 * The header of one tar entry: POSIX.1-2001 ustar, with a pax header before it for whatever ustar cannot say exactly (names longer
 * than 100 bytes or not ASCII, large sizes, ids and times). No user names, no access times, nothing of this machine.
 * Own code and not tar-stream's pack: that one turns ids above 2097151 (every OpenShift id) into 2097151, and times after 2038 into noise.
 */
/** What the header says of an entry, apart from numbers. */
export interface TarName {
  readonly kind: 'file' | 'link' | 'directory'
  /** Without a slash at either end. */
  readonly path: string
  /** Where a link points. */
  readonly target?: string
  readonly owner: { readonly uid: number; readonly gid: number }
}

const BLOCK = 512
const TYPE = { file: '0', link: '2', directory: '5' } as const

/** @param mode permission bits @param size bytes that follow @param time seconds since 1970 */
export function tarHeader(entry: TarName, mode: number, size: number, time: number): Buffer {
  const name = entry.kind === 'directory' ? `${entry.path}/` : entry.path
  const target = entry.kind === 'link' ? (entry.target ?? '') : ''
  const records = [
    ...(fits(name) ? [] : [record('path', name)]),
    ...(fits(target) ? [] : [record('linkpath', target)]),
    ...largeNumber('uid', entry.owner.uid, 7),
    ...largeNumber('gid', entry.owner.gid, 7),
    ...largeNumber('size', size, 11),
    ...largeNumber('mtime', time, 11),
  ]
  const header = ustar(TYPE[entry.kind], name, target, mode, entry, size, time)
  if (records.length === 0) return header
  const pax = Buffer.concat(records)
  return Buffer.concat([ustar('x', `PaxHeaders/${name}`, '', 0o644, entry, pax.length, time), pax, padding(pax.length), header])
}

/** Zeros up to the next block. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

/** Two empty blocks end a tar. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

function fits(text: string): boolean {
  return text.length <= 100 && Buffer.byteLength(text) === text.length
}

function largeNumber(key: string, value: number, digits: number): Buffer[] {
  return value < 8 ** digits ? [] : [record(key, String(value))]
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function record(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

function ustar(type: string, name: string, target: string, mode: number, { owner }: TarName, size: number, time: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(plain(name), 0, 100, 'latin1')
  octal(header, mode, 100, 7)
  octal(header, owner.uid, 108, 7)
  octal(header, owner.gid, 116, 7)
  octal(header, size, 124, 11)
  octal(header, time, 136, 11)
  header.fill(' ', 148, 156)
  header.write(type, 156, 'latin1')
  header.write(plain(target), 157, 100, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  octal(header, 0, 329, 7)
  octal(header, 0, 337, 7)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** What a reader without pax shows: the beginning, with other characters replaced. */
function plain(text: string): string {
  return text.replace(/\P{ASCII}/gu, '_').slice(0, 100)
}

/** Digits and a final zero byte; a number that does not fit stands in a pax record, and here stands 0. */
function octal(header: Buffer, value: number, at: number, digits: number): void {
  header.write((value < 8 ** digits ? value : 0).toString(8).padStart(digits, '0'), at, 'latin1')
}
