/** What a token is asked for: `repository:team/app:pull,push`. distribution docs/spec/auth/scope.md. */

export interface Scope {
  /** `repository`, `registry`, also `repository(plugin)`. */
  readonly type: string
  /** May contain colons (`host:5000/x`). */
  readonly name: string
  readonly actions: readonly string[]
}

export function repositoryScope(path: string, ...actions: ReadonlyArray<'pull' | 'push' | 'delete'>): Scope {
  return { type: 'repository', name: path, actions }
}

/** Reads the scopes of a challenge, separated by spaces; odd ones are left out. */
export function parseScopes(text: string | undefined): Scope[] {
  return (text ?? '').split(' ').flatMap((word) => {
    const first = word.indexOf(':')
    const last = word.lastIndexOf(':')
    if (first <= 0 || last === first) return []
    return [
      {
        type: word.slice(0, first),
        name: word.slice(first + 1, last),
        actions: word
          .slice(last + 1)
          .split(',')
          .filter((action) => action !== ''),
      },
    ]
  })
}

/** Per resource the union of all actions, the first resource first: some servers look at that one alone. */
export function mergeScopes(...lists: ReadonlyArray<readonly Scope[]>): Scope[] {
  const merged = new Map<string, { type: string; name: string; actions: Set<string> }>()
  for (const scope of lists.flat()) {
    const key = `${scope.type}:${scope.name}`
    const known = merged.get(key) ?? { type: scope.type, name: scope.name, actions: new Set<string>() }
    for (const action of scope.actions) known.actions.add(action)
    merged.set(key, known)
  }
  return [...merged.values()].map(({ type, name, actions }) => ({ type, name, actions: [...actions] }))
}

export function printScope(scope: Scope): string {
  return `${scope.type}:${scope.name}:${scope.actions.join(',')}`
}

/** Whether a token for the first list serves for the second. */
export function covers(held: readonly Scope[], needed: readonly Scope[]): boolean {
  return needed.every((want) =>
    want.actions.every((action) =>
      held.some((have) => have.type === want.type && have.name === want.name && (have.actions.includes(action) || have.actions.includes('*'))),
    ),
  )
}
