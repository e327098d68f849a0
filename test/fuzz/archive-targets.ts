/**
 * The reader of tars. An input is a text from which a tar is built, one entry a line, `type|name|size|target|content|magic`, with whatever stands
 * there put into the header and a checksum that is right: random bytes would end at the first checksum.
 */
import { walkTar } from '../../src/registry/target/archive/tar-walk.ts'
import { type FuzzTarget, holds, outcome } from './target.ts'

const BLOCK = 512
/** Entries that are built of one input. */
const MOST_LINES = 2000

function blocksOf(line: string): Buffer {
  const [type = '0', name = '', size = '', target = '', content = '', magic = 'ustar\u000000'] = line.split('|')
  const body = Buffer.from(content.replaceAll(';', '\n'), 'latin1')
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100, 'latin1')
  header.write(size === '' ? body.length.toString(8).padStart(11, '0') : size, 124, 12, 'latin1')
  header.write(type, 156, 1, 'latin1')
  header.write(target, 157, 100, 'latin1')
  header.write(magic, 257, 88, 'latin1')
  header.fill(' ', 148, 156)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148, 'latin1')
  return Buffer.concat([header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)])
}

function tarOf(input: string): Buffer {
  const lines = input.split('\n').slice(0, MOST_LINES)
  return Buffer.concat(
    lines.map((line) => (line === 'end' ? Buffer.alloc(2 * BLOCK) : line.startsWith('raw|') ? Buffer.from(line.slice(4), 'latin1') : blocksOf(line))),
  )
}

const tar: FuzzTarget = {
  name: 'tar',
  tokens: [
    '|',
    '\n',
    'end',
    'raw|',
    '0|',
    '1|',
    '2|',
    '5|',
    'x|',
    'g|',
    'L|',
    'K|',
    'S|',
    '../',
    './',
    '/',
    'a',
    ';',
    '8',
    ' ',
    '=',
    '9 path=a;',
    '10 size=9;',
    '22 GNU.sparse.major=1;',
  ].concat(['\u0080', '\u0000', 'ustar ', '77777777777', '00000000001', 'index.json', '12 linkpath=']),
  check: (input) =>
    outcome(() => {
      const bytes = tarOf(input)
      const walk = walkTar(bytes.length, 'a.tar')
      let asked = 0
      let step = walk.next()
      while (step.done !== true) {
        const { at, length } = step.value
        holds(at >= asked && length > 0 && at + length <= bytes.length, 'it reads forward, and only what is there')
        asked = at
        step = walk.next(bytes.subarray(at, at + length))
      }
      let links = 0
      for (const [name, entry] of step.value) {
        holds(
          name === entry.name && name !== '' && !name.startsWith('/') && !name.split('/').some((part) => part === '' || part === '.' || part === '..'),
          `${name} stays inside`,
        )
        holds(entry.offset + entry.size <= bytes.length && entry.offset % BLOCK === 0, 'content lies in the file')
        if (entry.target !== undefined) {
          links += 1
          holds(!entry.target.startsWith('/') && !entry.target.split('/').includes('..'), `${entry.target} stays inside`)
        }
      }
      return `${Math.min(step.value.size, 4)} entries ${Math.min(links, 2)} links`
    }),
}

export const ARCHIVE_TARGETS: readonly FuzzTarget[] = [tar]
