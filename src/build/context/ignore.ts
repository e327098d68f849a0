/**
 * Which files of a context stay out: `.ferryignore`, else `.dockerignore`, read as Docker reads it. The last line that matches a path
 * or a directory above it decides; `!` takes back. Before the file stand our own lines, so that a `!` there takes them back too.
 * Format: docs.docker.com/build/concepts/context/#dockerignore-files; behaviour: moby/patternmatcher.
 */
import { posix } from 'node:path'
import { Failure, isFailure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { throwAll } from '../problems.ts'
import { compilePattern, type Pattern } from './pattern.ts'

export const IGNORE_FILES = ['.ferryignore', '.dockerignore'] as const

/** What nobody means to ship: history (large, and its index differs in every clone) and what tells how to build. */
const OWN_LINES = ['**/.git', ...IGNORE_FILES, 'ferry.yaml', '.ferry']

export interface Verdict {
  readonly ignored: boolean
  /** For each rule, whether it matches this path or a directory above it. */
  readonly matched: readonly boolean[]
}

export interface IgnoreRules {
  /** The verdict on the context itself, from which all others start. */
  readonly top: Verdict
  judge(path: string, above: Verdict): Verdict
  /** False when nothing below an ignored directory can be taken back, so that it need not be opened. */
  mayTakeBackBelow(directory: string): boolean
}

interface Rule {
  readonly takesBack: boolean
  readonly pattern: Pattern
}

/** @param name the file, for messages @throws Failure INPUT_INVALID naming every bad line */
export function readIgnoreRules(text: string, name: string): IgnoreRules {
  const problems: Failure[] = []
  const rules: Rule[] = OWN_LINES.map((line) => ({ takesBack: false, pattern: compilePattern(line) }))
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    try {
      const rule = readLine(line)
      if (rule) rules.push(rule)
    } catch (error) {
      if (!isFailure(error)) throw error
      problems.push(
        new Failure('INPUT_INVALID', `line ${index + 1} of ${printable(name)} cannot be used`, {
          cause: error,
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        }),
      )
    }
  }
  throwAll(problems)
  return {
    top: { ignored: false, matched: rules.map(() => false) },
    judge(path, above) {
      const matched = rules.map(({ pattern }, index) => above.matched[index] === true || pattern.matches(path))
      const last = matched.lastIndexOf(true)
      return { ignored: last >= 0 && rules[last]?.takesBack === false, matched }
    },
    mayTakeBackBelow: (directory) => rules.some(({ takesBack, pattern }) => takesBack && pattern.mayMatchBelow(directory)),
  }
}

function readLine(line: string): Rule | undefined {
  if (line.startsWith('#')) return undefined
  let pattern = line.trim()
  if (pattern === '') return undefined
  const takesBack = pattern.startsWith('!')
  if (takesBack) pattern = pattern.slice(1).trim()
  if (pattern === '') throw new Failure('INPUT_INVALID', 'a ! stands alone', { hint: 'Write the pattern to take back right after the !, e.g. !dist/app.js.' })
  // Cleaned as Go's filepath.Clean does: no ./, no //, no slash at either end; `.` alone stands for nothing.
  pattern = posix.normalize(pattern).replace(/^\/+/, '').replace(/\/+$/, '')
  return pattern === '' || pattern === '.' ? undefined : { takesBack, pattern: compilePattern(pattern) }
}
