/**
 * Writes bin/hello-amd64 and bin/hello-arm64: the smallest Linux programs that print one line. No compiler is needed, so the example builds
 * on any machine; a test asserts that what is committed is what this script makes.
 * Run: node examples/hello/make-hello.ts
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const GREETING = 'hello from kubeferry\n'

/** Where the program is mapped; the file begins there. */
const ADDRESS = 0x40_0000n
/** Bytes: one ELF header and one program header, ELF-64 specification. */
const HEADERS = 64 + 56

/** File name → program. */
export function makeHello(): Map<string, Buffer> {
  return new Map([
    ['hello-amd64', elf(62, 0x1000n, amd64())],
    ['hello-arm64', elf(183, 0x1_0000n, arm64())],
  ])
}

/** write(1, text, length); exit(0). */
function amd64(): Buffer {
  const text = Buffer.from(GREETING)
  const after = [
    [0xba, ...word(text.length)], // mov edx, length
    [0x0f, 0x05], // syscall
    [0xb8, ...word(60)], // mov eax, 60 (exit)
    [0x31, 0xff], // xor edi, edi
    [0x0f, 0x05], // syscall
  ].flat()
  const code = [
    [0xb8, ...word(1)], // mov eax, 1 (write)
    [0xbf, ...word(1)], // mov edi, 1 (stdout)
    [0x48, 0x8d, 0x35, ...word(after.length)], // lea rsi, [rip + what is left of the code]
    after,
  ].flat()
  return Buffer.concat([Buffer.from(code), text])
}

/** The same for AArch64: every instruction is one word. */
function arm64(): Buffer {
  const text = Buffer.from(GREETING)
  const mov = (register: number, value: number): number => 0xd280_0000 + value * 32 + register // movz Xregister, #value
  const code = [
    mov(0, 1), // stdout
    0x1000_0001 + 7 * 32, // adr x1, 7 instructions ahead: the text
    mov(2, text.length),
    mov(8, 64), // write
    0xd400_0001, // svc #0
    mov(0, 0),
    mov(8, 93), // exit
    0xd400_0001, // svc #0
  ]
  return Buffer.concat([Buffer.from(code.flatMap(word)), text])
}

/** 32 bits, little endian. */
function word(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]
}

/** One segment, readable and executable, that holds the whole file. */
function elf(machine: number, page: bigint, code: Buffer): Buffer {
  const size = BigInt(HEADERS + code.length)
  const header = Buffer.alloc(HEADERS)
  header.write('\x7fELF', 0, 'latin1')
  header.set([2, 1, 1], 4) // 64 bits, little endian, version 1
  header.writeUInt16LE(2, 16) // executable
  header.writeUInt16LE(machine, 18)
  header.writeUInt32LE(1, 20)
  header.writeBigUInt64LE(ADDRESS + BigInt(HEADERS), 24) // entry point
  header.writeBigUInt64LE(64n, 32) // program headers
  header.writeUInt16LE(64, 52)
  header.writeUInt16LE(56, 54)
  header.writeUInt16LE(1, 56)
  header.writeUInt32LE(1, 64) // load
  header.writeUInt32LE(5, 68) // read and execute
  header.writeBigUInt64LE(ADDRESS, 80)
  header.writeBigUInt64LE(ADDRESS, 88)
  header.writeBigUInt64LE(size, 96)
  header.writeBigUInt64LE(size, 104)
  header.writeBigUInt64LE(page, 112)
  return Buffer.concat([header, code])
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const directory = join(import.meta.dirname, 'bin')
  await mkdir(directory, { recursive: true })
  for (const [name, program] of makeHello()) await writeFile(join(directory, name), program, { mode: 0o755 })
}
