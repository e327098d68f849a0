/**
 * Parity: one table of scenarios, replayed on every host through the files it is really given. Same inputs, same outputs as
 * JSON, same exit code, same words; and no secret anywhere.
 */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAILURE_CODES } from '../../src/kit/failure-codes.ts'
import { STEPS } from '../../src/steps/index.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { githubRunner } from './github-runner.ts'
import type { HostRunner, InputValue, Outcome } from './host-runner.ts'
import { jenkinsRunner } from './jenkins-runner.ts'
import { normalLines, places } from './normal-form.ts'
import { ENCRYPTED_KEY, PLAIN_KEY, ROWS, type Row, rowsOfEvery } from './rows.ts'
import { tektonRunner } from './tekton-runner.ts'
import { terminalRunner } from './terminal-runner.ts'
import { CANARY, KEY_PASSWORD, makeSeed, openWorld, type World } from './world.ts'

const steps = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))
const rows = [...ROWS, ...rowsOfEvery(steps)]

let seed: Awaited<ReturnType<typeof makeSeed>>
/** Accepts and never answers: for runs that are cancelled. */
let silent: Server
let silentHost = ''
/** What the terminal gave, by row: what all others are compared with. */
const expected = new Map<string, { outputs: unknown; lines: readonly string[] }>()

beforeAll(async () => {
  seed = await makeSeed()
  silent = createServer((socket) => void socket.on('error', () => undefined))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  silentHost = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})

afterAll(() => {
  silent.close()
})

function keyText(value: InputValue, world: World): InputValue {
  if (value === PLAIN_KEY) return readFileSync(join(world.directory, 'signer.key'), 'utf8')
  if (value === ENCRYPTED_KEY) return world.encryptedKey
  return typeof value === 'string' ? value.replace('SILENT', silentHost) : value
}

async function outcomeOf(row: Row, runner: HostRunner, world: World): Promise<Outcome & { outputsText: string; lines: readonly string[] }> {
  const step = await STEPS[row.step as keyof typeof STEPS].load()
  const inputs = Object.fromEntries(Object.entries(row.inputs(world)).map(([name, value]) => [name, keyText(value, world)]))
  const outcome = await runner.run({
    step,
    inputs,
    directory: world.directory,
    ...(row.variables === undefined ? {} : { variables: row.variables }),
    ...(row.interruptAfter === undefined ? {} : { interruptAfter: row.interruptAfter }),
  })
  return { ...outcome, outputsText: places(JSON.stringify(outcome.outputs), world, silentHost), lines: normalLines(outcome.log, step, world, silentHost) }
}

function suite(runner: HostRunner): void {
  let world: World

  beforeAll(async () => {
    world = await openWorld(seed)
  })
  afterAll(async () => {
    await world.close()
  })

  test.each(rows)('$title', async (row) => {
    const outcome = await outcomeOf(row, runner, world)
    expect({ exit: outcome.exitCode, log: outcome.exitCode === row.exit ? '' : outcome.log }).toEqual({ exit: row.exit, log: '' })
    for (const word of row.says ?? []) expect(outcome.log).toContain(word)
    if (row.code !== undefined) expect(outcome.log).toContain(row.code)
    if (row.outputs !== undefined) expect(outcome.outputs).toMatchObject(row.outputs)
    for (const secret of [CANARY, KEY_PASSWORD, 'not-the-password', Buffer.from(`robot$pay+ci:${CANARY}`).toString('base64')])
      expect(outcome.log).not.toContain(secret)
    if (runner.host === 'terminal') expected.set(row.title, { outputs: outcome.outputsText, lines: outcome.lines })
    const first = expected.get(row.title)
    if (row.exit === 0) expect(outcome.outputsText).toBe(first?.outputs)
    expect(outcome.lines).toEqual(first?.lines)
  })
}

describe('the table', () => {
  test('has the breadth that parity is about', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(25)
    expect(new Set(rows.map((row) => row.title)).size).toBe(rows.length)
    expect([...new Set(rows.map((row) => row.step))].toSorted()).toEqual(Object.keys(STEPS).toSorted())
    for (const row of ROWS) if (row.code !== undefined) expect(FAILURE_CODES[row.code]).toBeDefined()
  })
})

describe('terminal', () => suite(terminalRunner))
describe('github', () => suite(githubRunner))
describePeers(['tekton-entrypoint', 'podns'], 'tekton', () => suite(tektonRunner))
describePeers(['groovy'], 'jenkins', () => suite(jenkinsRunner))
