/** Reads a fault plan, YAML or JSON, and tells every problem of it at once. */
import { readFile, stat } from 'node:fs/promises'
import { Failure } from '../../../kit/failure.ts'
import { suggest } from '../../../kit/suggest.ts'
import { type FaultPlan, faultPlan } from './plan.ts'

// A plan that is larger is a mistake or an attack (alias bombs).
const LARGEST = 1024 * 1024
const REFERENCE = 'docs/reference/faults.md lists every field.'

/** @throws Failure FILE_UNREADABLE, CONFIG_INVALID */
export async function readFaultPlan(file: string): Promise<FaultPlan> {
  let text: string
  try {
    if ((await stat(file)).size > LARGEST) throw new Failure('CONFIG_INVALID', `${file} is larger than 1 MiB`, { hint: 'A fault plan has at most 1000 rules.' })
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure('FILE_UNREADABLE', `cannot read the fault plan ${file}`, { cause: error, hint: 'Name an existing YAML or JSON file.' })
  }
  const { load } = await import('js-yaml')
  let document: unknown
  try {
    document = load(text)
  } catch (error) {
    throw new Failure('CONFIG_INVALID', `${file} is not YAML`, { cause: error, hint: REFERENCE })
  }
  return parseFaultPlan(document, file)
}

/** @param what how messages call it. @throws Failure CONFIG_INVALID with every problem in `more` */
export function parseFaultPlan(document: unknown, what = 'the fault plan'): FaultPlan {
  const read = faultPlan.safeParse(document)
  if (read.success) {
    if (read.data.rules !== undefined || read.data.quirks !== undefined) return read.data
    throw new Failure('CONFIG_INVALID', `${what} has neither rules nor quirks`, { hint: REFERENCE })
  }
  const problems = read.error.issues.map((issue) => {
    const at = issue.path.map(String).join('.')
    const meant = issue.code === 'unrecognized_keys' ? suggest(issue.keys[0] ?? '', KEYS) : undefined
    const hint = meant === undefined ? {} : { hint: `Did you mean ${meant}?` }
    return new Failure('CONFIG_INVALID', `${what}: ${at === '' ? '' : `${at}: `}${textOf(issue)}`, hint)
  })
  throw new Failure('CONFIG_INVALID', `${what} does not have the expected form`, { more: problems, hint: REFERENCE })
}

/** For a key that is not allowed zod says why one level deeper. */
function textOf(issue: { readonly code: string; readonly message: string; readonly issues?: readonly { readonly message: string }[] }): string {
  return issue.code === 'invalid_key' ? (issue.issues?.[0]?.message ?? issue.message) : issue.message
}

/** Every field of a plan: what a misspelt one was meant to be. */
const rule = faultPlan.shape.rules.unwrap().element.shape
const KEYS = [...Object.keys(faultPlan.shape), ...Object.keys(rule), ...Object.keys(rule.fault.shape), ...Object.keys(rule.match.unwrap().shape)]
