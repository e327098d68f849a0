/** The stand-in for the runner obeys as the real one does; otherwise the tests built on it would prove nothing. */
import { describe, expect, test } from 'vitest'
import { parseEnvironmentFile } from './environment-file.ts'
import { interpret } from './workflow-commands.ts'

describe('workflow commands', () => {
  test('stand at the start of a line, blanks aside', () => {
    expect(interpret('  ::set-output name=a::b\nx ::set-output name=a::c').commands).toEqual([
      { name: 'set-output', properties: { name: 'a' }, data: 'b', line: 0 },
    ])
  })

  test('in the old form, anywhere', () => {
    expect(interpret('ferry: "##[set-output name=a]b').commands).toEqual([{ name: 'set-output', properties: { name: 'a' }, data: 'b', line: 0 }])
  })

  test('after a carriage return too', () => {
    expect(interpret('x\r::add-mask::y').masks).toEqual(['y'])
  })

  test('unknown names are text', () => {
    expect(interpret('::nothing::x').log).toBe('::nothing::x')
  })

  test('masks hold from their line on', () => {
    expect(interpret('secret\n::add-mask::secret\nsecret').log).toBe('secret\n***')
  })
})

describe('environment files', () => {
  test('both forms', () => {
    expect(parseEnvironmentFile('a=b<<c\nd<<E\n1\n2\nE\n\ne<<E\nE\n')).toEqual({ a: 'b<<c', d: '1\n2', e: '' })
  })

  test('no end, no value', () => {
    expect(() => parseEnvironmentFile('a<<E\n1\n')).toThrow('Matching delimiter not found')
    expect(() => parseEnvironmentFile('a\n')).toThrow('Invalid format')
  })
})
