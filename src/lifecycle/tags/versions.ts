/**
 * The order of versions, lenient where people are: `v1.2` = `1.2.0`, any count of numbers, leading zeros of calendar versions.
 * Pre-releases are ordered as in Semantic Versioning 2.0.0 §11 (`1.2.0-rc.1` < `1.2.0`; `rc10` < `rc2`, while `rc.10` > `rc.2`).
 * What follows `_` (how tags write the `+` of build metadata) does not count. Text that is no version comes before every
 * version, in natural order, so that a stray tag is never taken for the newest.
 */
import { compareNumbers, compareText } from './numbers.ts'

const VERSION = /^[vV]?([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:[_+][0-9A-Za-z._-]*)?$/
const NUMBER = /^[0-9]+$/

/** Negative, zero or positive. A total order of classes: zero means equally new, not the same text. */
export function compareVersions(left: string, right: string): number {
  const a = VERSION.exec(left)
  const b = VERSION.exec(right)
  if (a === null || b === null) return a === b ? compareNaturally(left, right) : a === null ? -1 : 1
  return compareReleases(a[1] ?? '', b[1] ?? '') || comparePreReleases(a[2], b[2])
}

function compareReleases(left: string, right: string): number {
  const a = left.split('.')
  const b = right.split('.')
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = compareNumbers(a[at] ?? '0', b[at] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

function comparePreReleases(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1
  const a = left.split('.')
  const b = right.split('.')
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareIdentifiers(a[at] ?? '', b[at] ?? '')
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareIdentifiers(left: string, right: string): number {
  const leftIsNumber = NUMBER.test(left)
  if (leftIsNumber !== NUMBER.test(right)) return leftIsNumber ? -1 : 1
  return leftIsNumber ? compareNumbers(left, right) : compareText(left, right)
}

/** Runs of digits as numbers, everything else as text; the plain text decides between `a01` and `a1`. */
function compareNaturally(left: string, right: string): number {
  const a = left.match(/[0-9]+|[^0-9]+/g) ?? []
  const b = right.match(/[0-9]+|[^0-9]+/g) ?? []
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareIdentifiers(a[at] ?? '', b[at] ?? '')
    if (order !== 0) return order
  }
  return a.length - b.length || compareText(left, right)
}
