/** Whether two targets are the same repository, directory or file: everything is there already, and only a name can be missing. */
import type { Source } from '../target/target.ts'

/** Names say where something is, but for stores in memory, which are themselves alone. */
export function isSamePlace(one: Source, other: Source): boolean {
  return one === other || (one.name === other.name && ['repository', 'directory', 'file'].some((where) => where in one && where in other))
}
