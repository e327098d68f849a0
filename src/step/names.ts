/** Names are written in camel case in steps; hosts derive their own spelling from it. */

/** `keyPassword` → `key-password`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `keyPassword` → `KEY_PASSWORD`. */
export function upperSnake(name: string): string {
  return kebab(name).replaceAll('-', '_').toUpperCase()
}

/** `key-password` → `keyPassword`. */
export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The environment variable that gives an input when the host does not: `FERRY_KEY_PASSWORD`. */
export function variableOf(name: string): string {
  return `FERRY_${upperSnake(name)}`
}
