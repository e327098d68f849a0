/** The ignore file means what it means to Docker; the table is what `docker build` and moby/patternmatcher's own tests say. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readIgnoreRules } from '../../src/build/context/ignore.ts'
import { compilePattern } from '../../src/build/context/pattern.ts'
import { build, contextOf, namesIn, refusal } from './images.ts'

function ignores(text: string, path: string): boolean {
  const rules = readIgnoreRules(text, '.dockerignore')
  let verdict = rules.top
  const parts = path.split('/')
  for (const index of parts.keys()) verdict = rules.judge(parts.slice(0, index + 1).join('/'), verdict)
  return verdict.ignored
}

describe('rules', () => {
  test.each<[rules: string, ignored: string[], kept: string[]]>([
    ['node_modules', ['node_modules', 'node_modules/a/b'], ['src/node_modules', 'node_modules2']],
    ['**/node_modules', ['node_modules', 'a/node_modules', 'a/b/node_modules/c'], ['a/my_node_modules_']],
    ['*.md', ['README.md'], ['docs/README.md']],
    ['*/*.md', ['docs/a.md'], ['a.md', 'x/y/a.md']],
    ['**/*.md', ['a.md', 'x/a.md', 'x/y/a.md'], ['a.mdx']],
    ['docs/**', ['docs/a', 'docs/a/b'], ['docs', 'other']],
    ['docs/', ['docs', 'docs/a'], ['mydocs']],
    ['/docs', ['docs/a'], ['x/docs']],
    ['./docs//a', ['docs/a'], ['docs/b']],
    ['temp?', ['tempa', 'temp1/x'], ['temp', 'tempab', 'temp/']],
    ['# comment\n\n  \n  spaced  ', ['spaced'], ['# comment']],
    [' # not a comment', ['# not a comment'], ['x']],
    ['\uFEFFfirst', ['first'], []],
    ['a\r\nb\r\n', ['a', 'b'], ['c']],
    ['*.md\n!README.md', ['a.md'], ['README.md']],
    ['!README.md\n*.md', ['README.md'], []],
    ['*.md\n!README*.md\nREADME-secret.md', ['README-secret.md', 'x.md'], ['README.md', 'README-1.md']],
    ['docs\n!docs/keep', ['docs/a', 'docs'], ['docs/keep', 'docs/keep/x']],
    ['docs/**\n!docs/keep/**', ['docs/a'], ['docs/keep/a/b']],
    ['*\n!src', ['a', 'b/c'], ['src', 'src/x/y']],
    ['*\n!**/*.js', ['a/b.css'], ['b.js', 'a/b.js']],
    ['.', [], ['a']],
    ['[a-c].txt', ['b.txt'], ['d.txt', '-.txt']],
    ['[^a-c].txt', ['d.txt'], ['b.txt']],
    ['\\*.txt', ['*.txt'], ['a.txt']],
    ['\\!important', ['!important'], []],
    ['ä*', ['ärger'], ['arger']],
    ['a?c', ['a😀c'], ['a/c']],
    ['', ['.git', '.git/config', 'sub/.git', '.dockerignore', 'ferry.yaml'], ['.gitignore', 'x/ferry.yaml', '.github/x']],
    ['!.git\n!ferry.yaml', ['.dockerignore'], ['.git/config', 'ferry.yaml']],
    // https://github.com/moby/moby/issues/17911: a star stops at a slash. /30018: ** in the middle spans none, too.
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb']],
    ['dir/**/**', ['dir/a', 'dir/a/b'], ['dir2/a']],
    ['**', ['a', 'a/b'], []],
    ['**/*', ['a', 'a/b'], []],
    ['a**b', ['ab', 'ax/b'], ['axb']],
  ])('%j', (rules, ignored, kept) => {
    expect(ignored.filter((path) => !ignores(rules, path))).toEqual([])
    expect(kept.filter((path) => ignores(rules, path))).toEqual([])
  })

  test('bad lines are named together', () => {
    const failure = (() => {
      try {
        readIgnoreRules('ok\n!\n[a\n', '.dockerignore')
        return undefined
      } catch (error) {
        return error
      }
    })()
    expect(failure).toMatchObject({
      code: 'INPUT_INVALID',
      message: 'line 2 of .dockerignore cannot be used',
      more: [{ message: 'line 3 of .dockerignore cannot be used' }],
    })
  })
})

/** The plainest reading of a pattern, by trying everything. */
function naive(pattern: string, path: string): boolean {
  if (pattern === '') return path === ''
  if (pattern.startsWith('**')) {
    const rest = pattern.startsWith('**/') ? pattern.slice(3) : pattern.slice(2)
    if (rest === '') return true
    if (naive(rest, path)) return true
    return [...path].some((character, index) => character === '/' && naive(rest, path.slice(index + 1)))
  }
  if (pattern.startsWith('*')) {
    if (naive(pattern.slice(1), path)) return true
    return path !== '' && !path.startsWith('/') && naive(pattern, path.slice(1))
  }
  if (path === '') return false
  if (pattern.startsWith('?')) return !path.startsWith('/') && naive(pattern.slice(1), path.slice(1))
  return pattern[0] === path[0] && naive(pattern.slice(1), path.slice(1))
}

describe('patterns', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '/', '*', '**', '**/', '?'), { maxLength: 8 }).map((parts) => parts.join(''))
  const path = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 9 }).map((parts) => parts.join(''))

  test('agree with trying everything', () => {
    fc.assert(
      fc.property(pattern, path, (text, name) => compilePattern(text).matches(name) === naive(text, name)),
      { numRuns: 5000 },
    )
  })

  test('never say that nothing matches below a directory when something does', () => {
    fc.assert(
      fc.property(pattern, path, path, (text, directory, name) => !naive(text, `${directory}/${name}`) || compilePattern(text).mayMatchBelow(directory)),
      { numRuns: 3000 },
    )
  })

  test('take time that grows with the length only (ReDoS, reliability case 93)', () => {
    const started = performance.now()
    expect(compilePattern(`${'*a'.repeat(200)}b`).matches('a'.repeat(4000))).toBe(false)
    expect(compilePattern('**/'.repeat(200)).matches('a/'.repeat(1000))).toBe(true)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('in a build', () => {
  const tree = { 'src/a.js': '', 'src/a.md': '', 'node_modules/x/y': '', 'docs/a': '', 'docs/keep/b': '', '.git/config': '' }

  test('what is left out is said; of a directory only its name', async () => {
    const built = await build({ context: await contextOf({ ...tree, '.dockerignore': 'node_modules\n**/*.md\ndocs\n!docs/keep\n' }) })
    expect(built.ignored).toEqual(['.dockerignore', '.git', 'docs/a', 'node_modules', 'src/a.md'])
    expect(built.ignoreFile).toBe('.dockerignore')
  })

  test('a directory is named in the layer when something below it was taken back', async () => {
    const context = await contextOf({ ...tree, '.dockerignore': '*\n!docs/keep\n' })
    expect(await namesIn({ context })).toEqual(['docs/', 'docs/keep/', 'docs/keep/b'])
  })

  test('.ferryignore goes before .dockerignore', async () => {
    const context = await contextOf({ ...tree, '.dockerignore': 'src\n', '.ferryignore': '*\n!src/*.js\n' })
    expect(await namesIn({ context })).toEqual(['src/', 'src/a.js'])
  })

  test('naming what is left out is refused, with the way to take it back', async () => {
    const context = await contextOf({ ...tree, '.dockerignore': 'docs\n' })
    const failure = await refusal(
      namesIn({
        context,
        layers: [
          { from: 'docs/a', to: '/a' },
          { from: 'missing', to: '/' },
        ],
      }),
    )
    expect(failure.message).toBe('cannot take docs/a: it is left out by .dockerignore')
    expect(failure.hint).toBe('Write !docs/a as the last line of .dockerignore to take it back.')
    expect(failure.more.map(({ message }) => message)).toEqual([`there is no missing in ${context}`])
  })
})
