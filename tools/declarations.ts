/**
 * Reads the `.d.ts` files of the library as statements, so that the public surface can be written down as text. Knows the forms that
 * tsc prints, and no more of TypeScript than that.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Declaration {
  /** `src/registry/oci/digest`, as messages call it. */
  readonly module: string
  readonly name: string
  readonly kind: 'type' | 'value'
  /** Without comments, `export` and `declare`; one per line as tsc prints it. */
  readonly text: string
}

export interface Surface {
  readonly exported: ReadonlyMap<string, Declaration>
  /** Types that signatures mention and the entry does not export. */
  readonly hidden: readonly Declaration[]
}

interface Module {
  readonly path: string
  readonly declarations: ReadonlyMap<string, Declaration>
  /** Local name → where it comes from. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>
  readonly exports: ReadonlyMap<string, { readonly path: string; readonly name: string }>
}

/** @param root folder of the declarations @param entry `entry/library` */
export function readSurface(root: string, entry: string): Surface {
  const modules = new Map<string, Module>()
  const load = (path: string): Module => {
    const known = modules.get(path) ?? readModule(root, path)
    modules.set(path, known)
    return known
  }
  const find = (path: string, name: string): Declaration | undefined => {
    const module = load(path)
    const from = module.exports.get(name) ?? module.imports.get(name)
    return module.declarations.get(name) ?? (from ? find(from.path, from.name) : undefined)
  }
  const exported = new Map<string, Declaration>()
  for (const [name, from] of load(entry).exports) {
    const found = find(from.path, from.name)
    if (!found) throw new Error(`${entry} exports ${name}, which ${from.path} does not declare`)
    exported.set(name, found)
  }
  const seen = new Set(exported.values())
  const hidden: Declaration[] = []
  for (const declaration of seen) {
    for (const word of new Set(declaration.text.match(/[A-Za-z_$][\w$]*/g))) {
      const mentioned = find(declaration.module, word)
      if (!mentioned || seen.has(mentioned) || (mentioned.kind === 'value' && !declaration.text.includes(`typeof ${word}`))) continue
      seen.add(mentioned)
      hidden.push(mentioned)
    }
  }
  return { exported, hidden }
}

function readModule(root: string, path: string): Module {
  const declarations = new Map<string, Declaration>()
  const imports = new Map<string, { path: string; name: string }>()
  const exports = new Map<string, { path: string; name: string }>()
  for (const statement of statementsOf(readFileSync(join(root, `${path}.d.ts`), 'utf8'))) {
    const moved = /^(import|export)\s+(?:type\s+)?\{([^}]*)\}(?:\s+from\s+'([^']+)')?;?$/.exec(statement)
    if (moved) {
      const [, verb, names = '', from] = moved
      if (from !== undefined && !from.startsWith('.')) continue
      const target = from === undefined ? path : join(dirname(path), from.replace(/\.[jt]s$/, ''))
      for (const [, name = '', alias = name] of names.matchAll(/(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?(?:,|\s*$)/g)) {
        if (from === undefined && name === alias) continue
        ;(verb === 'import' ? imports : exports).set(alias, { path: target, name })
      }
      continue
    }
    const named = /^(?:export\s+)?(?:declare\s+)?(?:abstract\s+)?(interface|type|class|const|let|var|function)\s+([\w$]+)/.exec(statement)
    const [, word, name] = named ?? []
    if (word === undefined || name === undefined) continue
    const text = statement.replace(/^(?:export\s+)?(?:declare\s+)?/, '')
    const kind = word === 'interface' || word === 'type' || word === 'class' ? 'type' : 'value'
    const before = declarations.get(name)
    declarations.set(name, { module: path, name, kind, text: before ? `${before.text}\n${text}` : text })
  }
  return { path, declarations, imports, exports }
}

/** Top-level statements without comments and empty lines. */
function statementsOf(source: string): string[] {
  const found: string[] = []
  let depth = 0
  let current = ''
  const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|=>|[\s\S]/g
  const finish = (): void => {
    const text = current
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n')
      .trim()
    if (text !== '' && text !== ';') found.push(text)
    current = ''
  }
  for (const [token] of source.matchAll(tokens)) {
    if (token.startsWith('/*') || token.startsWith('//')) continue
    current += token
    if ('{(['.includes(token)) depth += 1
    if ('})]'.includes(token)) depth -= 1
    if (depth > 0) continue
    if (token === ';' || (token === '}' && /^\s*(?:export\s+)?(?:declare\s+)?(?:abstract\s+)?(?:interface|class)\s/.test(current))) finish()
  }
  finish()
  return found
}
