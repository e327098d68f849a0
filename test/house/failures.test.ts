/** Table of failures, uses and documentation belong together. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXIT, FAILURE_CODES } from '../../src/kit/failure-codes.ts'
import { PRODUCT } from '../../src/kit/product.ts'
import { modulesOf, ROOT } from './source.ts'

describe('failures', () => {
  const sources = modulesOf('src')
    .filter(({ path }) => path !== 'src/kit/failure-codes.ts')
    .map(({ text }) => text)
    .join('\n')
  const page = readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8')

  test.each(Object.keys(FAILURE_CODES))('%s is used and documented', (code) => {
    expect(sources.includes(`'${code}'`)).toBe(true)
    expect(page.includes(`\n## ${code}\n`)).toBe(true)
  })

  test('every exit code is in the table of the page', () => {
    for (const [name, code] of Object.entries(EXIT)) expect(page).toContain(`| ${code} | ${name} |`)
  })
})

test('the product calls itself what package.json says', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string }
  expect({ name: PRODUCT.name, version: PRODUCT.version }).toEqual({ name: manifest.name, version: manifest.version })
  expect(PRODUCT.userAgent).toBe(`${manifest.name}/${manifest.version}`)
})
