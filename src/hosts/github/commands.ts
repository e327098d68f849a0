/**
 * The wire format between an action and GitHub's runner: workflow commands on stdout and files named by the environment.
 * Source: GitHub docs "Workflow commands for GitHub Actions"; actions/runner 2.336.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** A workflow command; text cannot break out of it. */
export function workflowCommand(name: string, text: string, properties: Readonly<Record<string, string>> = {}): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeText(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
  return `::${name}${listed.length === 0 ? '' : ` ${listed.join(',')}`}::${escapeText(text)}`
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Text that is no command: the runner also obeys the older form `##[name]…`, and that anywhere in a line. */
export function inertText(text: string): string {
  return text.replaceAll('##[', '## [')
}

/** Appends `name<<delimiter…` to an environment file; the delimiter cannot be guessed, so no value can end it. */
export function appendValue(file: string, name: string, value: string): void {
  const delimiter = `ferry_${randomUUID()}`
  appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
}
