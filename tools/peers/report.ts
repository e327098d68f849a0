/** What reporter.ts prints, as text. */

import { styleText } from 'node:util'
import type { Peer } from './peers.ts'

export type Count = { passed: number; failed: number; skipped: number }

export type Row = { readonly peer: Peer; readonly count: Count | undefined }

/** Peers that this run had tests for, one line each; the names of the others in a last line. Empty when no test named any. */
export function peerTable(rows: readonly Row[]): string {
  const used = rows.flatMap(({ peer, count }) => (count === undefined ? [] : [{ peer, count }]))
  if (used.length === 0) return ''
  const nameWidth = Math.max(...used.map(({ peer }) => peer.name.length))
  const versionWidth = Math.max(...used.map(({ peer }) => versionOf(peer).length))
  const lines = used.map(({ peer, count }) =>
    ['  ', peer.name.padEnd(nameWidth), versionOf(peer).padEnd(versionWidth), peer.state === 'ready' ? counts(count) : unavailable(peer.why, count)].join('  '),
  )
  const idle = rows.filter(({ count }) => count === undefined).map(({ peer }) => peer.name)
  return [' Real peers', ...lines, ...(idle.length === 0 ? [] : [`    no test in this run: ${idle.join(', ')}`])].join('\n')
}

export function closingLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

function versionOf(peer: Peer): string {
  if (peer.state === 'missing') return '-'
  // A pseudo-version's date and commit say enough, and the zeros before them nothing.
  return peer.version.replace(/^0\.0\.0-(\d{8})\d{6}-([0-9a-f]{7})[0-9a-f]+$/, '$1 $2')
}

function counts({ passed, failed, skipped }: Count): string {
  const parts = [styleText('green', `${passed} passed`)]
  if (failed > 0) parts.push(styleText('red', `${failed} failed`))
  if (skipped > 0) parts.push(`${skipped} skipped`)
  return parts.join(', ')
}

function unavailable(why: string, { failed }: Count): string {
  return styleText(failed > 0 ? 'red' : 'yellow', `not available: ${why}`)
}
