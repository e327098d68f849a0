/** The input vocabulary: what each word accepts, on every host the same. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../src/kit/secret.ts'
import { field } from '../../src/step/field.ts'

const about = 'x'

describe('words', () => {
  test('a switch takes exactly six spellings (setup-java#1160: a typo must not read as false)', () => {
    const apply = field.switch({ about })
    expect(['true', 'True', 'TRUE'].map((text) => apply.read(text))).toEqual([true, true, true])
    expect(['false', 'False', 'FALSE', '', undefined].map((text) => apply.read(text))).toEqual([false, false, false, false, false])
    for (const wrong of ['yes', 'no', '1', '0', 'tRUE', ' true', 'ture']) expect(() => apply.read(wrong)).toThrow(/neither true nor false/)
  })

  test('a list is one a line, or many', () => {
    const list = field.list({ about })
    expect(list.read('a\n b \n\nc,d')).toEqual(['a', 'b', 'c,d'])
    expect(list.read(['a', '', 'b c'])).toEqual(['a', 'b c'])
    expect(list.read(undefined)).toEqual([])
  })

  test('a map keeps everything after the first equals sign', () => {
    const map = field.map({ about })
    expect(map.read(['a=b=c', 'empty='])).toEqual({ a: 'b=c', empty: '' })
    expect(() => map.read(['a=1', 'a=2'])).toThrow(/twice/)
    expect(() => map.read(['=x'])).toThrow(/not key=value/)
    expect(Object.getPrototypeOf(map.read(['__proto__=x']))).toBe(Object.prototype)
  })

  test('text is one line', () => {
    const text = field.text({ about })
    for (const wrong of ['a\nb', 'a\rb', 'a\0b']) expect(() => text.read(wrong)).toThrow(/line break or NUL/)
  })

  test('durations add up', () => {
    const duration = field.duration({ about })
    expect(['250ms', '90s', '1h30m'].map((text) => duration.read(text))).toEqual([250, 90_000, 5_400_000])
    for (const wrong of ['90', 's', '1d', '1h 30m', '-1s']) expect(() => duration.read(wrong)).toThrow(/not a duration/)
  })

  test('whole numbers only', () => {
    fc.assert(fc.property(fc.nat(), (count) => field.integer({ about }).read(String(count)) === count))
    for (const wrong of ['1.5', '-1', '1e3', '0x1', '01', '']) expect(() => field.integer({ about }).read(wrong || 'x')).toThrow(/whole number/)
  })

  test('an image needs a tag or a digest, a place does not', () => {
    expect(field.image({ about }).read('reg.io/a/b:c')).toMatchObject({ tag: 'c' })
    expect(() => field.image({ about }).read('reg.io/a/b')).toThrow(/names a repository but no image/)
    expect(field.place({ about }).read('oci:./out')).toEqual({ kind: 'layout', directory: './out' })
  })

  test('a secret prints as stars in every way there is', () => {
    const secret = field.secret({ about }).read('hunter2')
    expect(secret).toBeInstanceOf(Secret)
    expect([String(secret), JSON.stringify({ secret }), `${secret}`]).toEqual(['***', '{"secret":"***"}', '***'])
  })

  test('public keys come as paths or as text', () => {
    const keys = field.keys({ about })
    expect(keys.read('a.pub\nb.pub')).toEqual(['a.pub', 'b.pub'])
    expect(keys.read('-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----')).toHaveLength(1)
    expect(keys.read(undefined)).toEqual([])
  })
})
