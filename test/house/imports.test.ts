/** The direction of imports: a module imports from its own room or from one on an earlier floor (docs/architecture.md). */
import { describe, expect, test } from 'vitest'
import { importsOf, modulesOf } from './source.ts'

const FLOORS = ['kit', 'registry', 'build', 'evidence', 'lifecycle', 'fleet', 'render', 'step', 'steps', 'hosts', 'entry']
/** Within registry/, in the order in which content moves. */
const REGISTRY_FLOORS = ['oci', 'http', 'target', 'copy']

const roomOf = (path: string): string => path.split('/')[1] ?? ''

describe('direction of imports', () => {
  const modules = modulesOf('src')

  test('every room is a known floor', () => {
    expect([...new Set(modules.map(({ path }) => roomOf(path)))].filter((room) => !FLOORS.includes(room))).toEqual([])
  })

  test('no module imports from a later floor', () => {
    const wrong = modules.flatMap((module) =>
      importsOf(module)
        .filter(({ target }) => target.startsWith('src/') && FLOORS.indexOf(roomOf(target)) > FLOORS.indexOf(roomOf(module.path)))
        .map(({ target }) => `${module.path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('the four parts of registry/ are floors too', () => {
    const part = (path: string): number => REGISTRY_FLOORS.indexOf(path.split('/')[2] ?? '')
    const wrong = modules
      .filter(({ path }) => path.startsWith('src/registry/'))
      .flatMap((module) =>
        importsOf(module)
          .filter(({ target }) => target.startsWith('src/registry/') && part(target) > part(module.path))
          .map(({ target }) => `${module.path} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })

  test('a step never names a host, and a host never names a step', () => {
    const wrong = modules.flatMap((module) => {
      const room = roomOf(module.path)
      const other = room === 'steps' ? 'src/hosts/' : room === 'hosts' ? 'src/steps/' : undefined
      return other === undefined ? [] : importsOf(module).flatMap(({ target }) => (target.startsWith(other) ? [`${module.path} imports ${target}`] : []))
    })
    expect(wrong).toEqual([])
  })

  test('imports never go round, types included', () => {
    const graph = new Map(modules.map((module) => [module.path, importsOf(module).map(({ target }) => target)]))
    const found: string[] = []
    const state = new Map<string, 'open' | 'done'>()
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
        return
      }
      state.set(path, 'open')
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of graph.keys()) visit(path, [])
    expect(found).toEqual([])
  })
})
