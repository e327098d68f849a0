/** Rules of taste that a machine can hold. What each is for stands beside it; the reasons are in CONTRIBUTING.md. */
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeOf, type Module, modulesOf } from './source.ts'

const modules = modulesOf('src')
const outside = (module: Module, ...rooms: string[]): boolean => !rooms.some((room) => module.path.startsWith(`src/${room}/`))
const offenders = (rule: RegExp, ...rooms: string[]): string[] =>
  modules.filter((module) => outside(module, ...rooms) && rule.test(codeOf(module))).map(({ path }) => path)

describe('taste', () => {
  test('console and the process are known only to hosts and entry', () => {
    expect(offenders(/\bconsole\s*\./, 'hosts', 'entry')).toEqual([])
    expect(offenders(/\bprocess\s*\.\s*(?:env|argv|stdout|stderr|stdin|exit|exitCode|cwd|on)\b/, 'hosts', 'entry')).toEqual([])
  })

  test('no shell, ever', () => {
    expect(offenders(/\bshell\s*:(?!\s*false)|\bexecSync\b|\bexec\(['"`]|execaCommand/)).toEqual([])
  })

  test('children are started in one place', () => {
    expect(offenders(/from 'execa'|import\('execa'\)|node:child_process/).filter((path) => path !== 'src/kit/exec.ts')).toEqual([])
  })

  test('node:http is not imported statically: it costs 27 ms at every start (performance notes)', () => {
    expect(offenders(/^import (?!type).*'node:https?'/m)).toEqual([])
  })

  test('no way round the types', () => {
    expect(offenders(/\bas any\b|as unknown as|@ts-|oxlint-disable|biome-ignore/)).toEqual([])
    expect(offenders(/\benum\s+\w+\s*\{|\bnamespace\s+\w+\s*\{|export default/)).toEqual([])
  })

  test('nothing is promised for later', () => {
    const words = /\b(?:TODO|FIXME|XXX|HACK)\b|not (?:yet )?implemented|coming soon|\bfor now\b/i
    expect(modules.filter(({ text }) => words.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('user patterns never become a JavaScript RegExp', () => {
    expect(offenders(/new RegExp\(/)).toEqual([])
  })

  test('names are kebab case, and say what a module is', () => {
    const names = modules.map(({ path }) => basename(path, '.ts'))
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([])
    expect(modules.map(({ path }) => path).filter((path) => /util|helper|manager|service|common\.ts|misc/.test(path))).toEqual([])
  })

  test('a module begins by saying what it is for', () => {
    expect(modules.filter(({ text }) => !/^(?:#!.*\n)?(?:\/\/.*\n)*\s*\/\*\*/.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('modules are small: median 2.5 kB, nine of ten under 8 kB, none over 16 kB', () => {
    const sizes = modules.map(({ text }) => Buffer.byteLength(text)).toSorted((left, right) => left - right)
    const at = (share: number): number => sizes[Math.floor(sizes.length * share)] ?? 0
    expect(at(0.5)).toBeLessThanOrEqual(2900)
    expect(at(0.9)).toBeLessThanOrEqual(8000)
    expect(modules.filter(({ text }) => Buffer.byteLength(text) > 16_000).map(({ path }) => path)).toEqual([])
  })
})
