/**
 * A Vitest reporter that closes a run with one table of the real peers, what was tested against each, and why the others
 * were not there; then with one plain line of counts, the very last, for whoever reads logs by machine.
 *
 * Put it behind the reporter that shows the tests: `reporters: ['default', './tools/peers/reporter.ts']`.
 */

import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import { findPeer } from './peers.ts'
import { pins } from './pins.ts'
import { type Count, closingLine, peerTable } from './report.ts'
import './with-peers.ts'

export default class PeerReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const total: Count = { passed: 0, failed: 0, skipped: 0 }
    const byPeer = new Map<string, Count>()
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const outcome = outcomeOf(test)
        total[outcome] += 1
        for (const name of peersOf(test)) {
          const count = byPeer.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
          count[outcome] += 1
          byPeer.set(name, count)
        }
      }
    }
    // What fails outside any test fails the run, so the counts may not say that nothing did.
    total.failed += errors.length + modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap((part) => part.errors()).length
    const table = peerTable(pins.map((pin) => ({ peer: findPeer(pin.name), count: byPeer.get(pin.name) })))
    if (table !== '') process.stdout.write(`\n${table}\n`)
    // Others print at the end of a run, too (coverage does), and this line has to be below them.
    process.once('exit', () => process.stdout.write(`\n${closingLine(total)}\n`))
  }
}

function outcomeOf(test: TestCase): keyof Count {
  const { state } = test.result()
  // Pending: the run was interrupted before it came to this one.
  return state === 'passed' || state === 'failed' ? state : 'skipped'
}

/** Of the test and of the suites around it. */
function peersOf(test: TestCase): Set<string> {
  const names = new Set<string>(test.meta().peers)
  for (let part: TestSuite | TestModule = test.parent; part.type === 'suite'; part = part.parent) {
    for (const name of part.meta().peers ?? []) names.add(name)
  }
  return names
}
