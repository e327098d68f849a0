/** ferry.yaml: every problem at once, unknown fields refused, no surprises of YAML. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { asFailure } from '../../src/kit/failure.ts'
import { loadSettings } from '../../src/step/settings/load.ts'

const directory = mkdtempSync(join(tmpdir(), 'ferry-settings-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function load(text: string) {
  const path = join(directory, 'ferry.yaml')
  writeFileSync(path, text)
  return loadSettings({ path, directories: [] })
}

const problems = async (text: string): Promise<string[]> => {
  try {
    await load(text)
    return []
  } catch (error) {
    const failure = asFailure(error)
    return [
      failure.code,
      ...failure.more.map((one) => `${one.message.replace(directory, '')}${one.hint === undefined ? '' : ` ${one.hint}`}`),
      ...(failure.more.length === 0 ? [failure.message.replace(directory, '')] : []),
    ]
  }
}

describe('ferry.yaml', () => {
  test('without a file all defaults hold', async () => {
    const settings = await loadSettings({ directories: [join(directory, 'nowhere')] })
    expect(settings.file).toBeUndefined()
    expect(settings.environments.map(({ name }) => name)).toEqual(['dev', 'staging', 'prod'])
  })

  test('environments have their own repository and keys', async () => {
    const settings = await load(
      'environments: [dev, { name: prod, image: prod.example.com/a, verify: [p.pub] }]\npipeline: [build, { step: push, with: { build: 7 } }]',
    )
    expect(settings.environments).toEqual([
      { name: 'dev', verify: [] },
      { name: 'prod', image: 'prod.example.com/a', verify: ['p.pub'] },
    ])
    expect(settings.pipeline).toEqual([
      { step: 'build', with: {} },
      { step: 'push', with: { build: '7' } },
    ])
  })

  test('an unknown field is an error with a did-you-mean, and all problems come together', async () => {
    const found = await problems('imge: x\nbuild: { lables: { a: b } }\nenvironments: []')
    expect(found[0]).toBe('CONFIG_INVALID')
    expect(found.join('\n')).toContain('Did you mean image?')
    expect(found.join('\n')).toContain('Did you mean labels?')
    expect(found.length).toBe(4)
  })

  test('what is no YAML, too large, or an alias bomb is refused', async () => {
    expect((await problems('a: [')).join()).toContain('is not YAML')
    expect((await problems(`# ${'x'.repeat(1024 * 1024)}`)).join()).toContain('larger than 1 MiB')
    expect((await problems('image: a\nimage: b')).join()).toContain('is not YAML')
  })

  test('a named file must be there', async () => {
    await expect(loadSettings({ path: join(directory, 'absent.yaml'), directories: [] })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
