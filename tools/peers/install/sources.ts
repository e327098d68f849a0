/** Where this folder keeps what peers are made from. */

import { join } from 'node:path'

export function sourceFolder(module: string): string {
  return join(import.meta.dirname, '../go', module)
}

export function scriptFile(name: string): string {
  return join(import.meta.dirname, '..', name)
}
