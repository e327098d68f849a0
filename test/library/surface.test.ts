/** The report of the public surface (api/kubeferry.txt): a change that users feel is seen, one that they do not is not. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { currentReport, report } from '../../tools/api-report.ts'
import { readSurface } from '../../tools/declarations.ts'
import { ROOT } from '../house/source.ts'

const BASE = {
  'entry/library': `export { type Box, open as unpack } from '../box.ts';\nexport type { Lid } from '../lid.ts';\n`,
  box: `import type { Lid } from './lid.ts';
/** A box; it has a { brace in its comment. */
interface Inner {
    readonly deep: number;
}
export interface Box extends Inner {
    /** Its lid. */
    readonly lid: Lid;
    readonly text: 'a;b' | "}";
}
export declare function open(box: Box): Promise<void>;
declare const secretOfTheHouse: unique symbol;
export declare function unused(): void;
export {};
`,
  lid: `export type Lid = {\n    readonly round: boolean;\n};\n`,
}

function reported(change: Partial<typeof BASE> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'ferry-surface-'))
  try {
    mkdirSync(join(root, 'entry'))
    for (const [path, text] of Object.entries({ ...BASE, ...change })) writeFileSync(join(root, `${path}.d.ts`), text)
    return report(readSurface(root, 'entry/library'))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe('the report', () => {
  test('has every exported name with its signature, and what signatures mention besides', () => {
    const [, ...parts] = reported().trimEnd().split('\n\n')
    expect(parts).toEqual([
      `interface Box extends Inner {\n    readonly lid: Lid;\n    readonly text: 'a;b' | "}";\n}`,
      'type Lid = {\n    readonly round: boolean;\n};',
      '(exported as unpack)\nfunction open(box: Box): Promise<void>;',
      'Mentioned above and not exported:',
      '(of src/box.ts)\ninterface Inner {\n    readonly deep: number;\n}',
    ])
  })

  test.each([
    ['a field of an exported type', { lid: BASE.lid.replace('boolean', 'number') }],
    ['a field of a type that is only mentioned', { box: BASE.box.replace('deep: number', 'deep?: number') }],
    ['a parameter', { box: BASE.box.replace('open(box: Box)', 'open(box: Box, hard?: boolean)') }],
    ['a name that is taken away', { 'entry/library': `export { type Box, open as unpack } from '../box.ts';\n` }],
  ])('shows %s', (_what, change) => {
    expect(reported(change)).not.toBe(reported())
  })

  test.each([
    ['a comment', { box: BASE.box.replace('Its lid.', 'The lid of it.') }],
    ['what nobody can import', { box: BASE.box.replace('function unused(): void', 'function unused(hard: boolean): string') }],
  ])('does not show %s', (_what, change) => {
    expect(reported(change)).toBe(reported())
  })

  test('an export of what does not exist is an error, not a missing line', () => {
    expect(() => reported({ lid: 'export {};\n' })).toThrow('exports Lid')
  })
})

test('api/kubeferry.txt is what the source says (npm run api)', () => {
  expect(currentReport()).toBe(readFileSync(join(ROOT, 'api/kubeferry.txt'), 'utf8'))
})
