/** Fault plans: what is refused, which requests a rule is about, and that each fault does on the wire what its line in the reference says. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, unlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { parseFaultPlan, readFaultPlan } from '../../src/registry/target/faults/read-plan.ts'
import { createRules } from '../../src/registry/target/faults/rules.ts'
import { imageOf, piece, put } from '../contracts/content.ts'
import { createFaultWorld, type FaultWorld } from './fault-world.ts'

const call = freeCall()
const ROOT = join(import.meta.dirname, '..', '..')
let world: FaultWorld
beforeEach(() => {
  world = createFaultWorld()
})
afterEach(() => world.close())

describe('a plan', () => {
  test('tells every problem at once, with the field, and what was meant', () => {
    const plan = { rules: [{ fault: { reset: 1, slow: 2 } }, { match: { methd: 'GET' }, fault: { corupt: 1 } }, { fault: { reset: -1 }, times: 0 }] }
    let failure: unknown
    try {
      parseFaultPlan(plan, 'faults.yaml')
    } catch (error) {
      failure = error
    }
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2 })
    const more = (failure as { more: { message: string; hint?: string }[] }).more
    const texts = more.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n')
    for (const words of [
      'rules.0.fault: a rule has exactly one fault',
      'Did you mean method?',
      'Did you mean corrupt?',
      'rules.2.fault.reset',
      'rules.2.times',
    ])
      expect(texts).toContain(words)
  })

  test.each([
    ['rules: []', 'rules'],
    ['rules: [', 'is not YAML'],
    ['seed: 1', 'rules'],
    ['rules: [{ fault: { set: { "a: b": x } } }]', 'a header name'],
  ])('%s is refused', async (text, words) => {
    const file = join(await world.directory(), 'plan.yaml')
    await writeFile(file, text)
    const failure: unknown = await readFaultPlan(file).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(JSON.stringify([(failure as Error).message, (failure as { more: Error[] }).more.map(({ message }) => message)])).toContain(words)
  })

  test('a file that is not there is named', async () => {
    await expect(readFaultPlan('/no/such/plan.yaml')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  test('a pattern with look-ahead is refused, one that stalls backtracking engines is answered at once [case 93]', () => {
    expect(() => createRules({ rules: [{ match: { path: '(?=a)' }, fault: { reset: 0 } }] })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    const rules = createRules({ rules: [{ match: { path: '^/(a+)+$' }, fault: { reset: 0 } }] })
    const since = performance.now()
    expect(rules.next({ method: 'GET', path: `/${'a'.repeat(5000)}!`, length: 0 })).toBeUndefined()
    expect(performance.now() - since).toBeLessThan(1000)
  })
})

describe('a rule', () => {
  const hits = (plan: object, paths: readonly string[], method = 'GET'): Array<number | undefined> => {
    const rules = createRules(parseFaultPlan(plan))
    return paths.map((path) => rules.next({ method, path, length: 0 })?.rule)
  }
  const fault = { reset: 0 }
  const MANIFEST = '/v2/team/app/manifests/v1'

  test('is about method, path and repository, all of them; the first that applies decides', () => {
    const plan = {
      rules: [
        { match: { method: 'PUT' }, fault },
        { match: { repository: 'team/app', path: '/tags/' }, fault },
        { match: { repository: 'team/app' }, fault },
      ],
    }
    expect(hits(plan, [MANIFEST, '/v2/team/app/tags/list?n=1', '/v2/team/other/tags/list', '/v2/'])).toEqual([2, 1, undefined, undefined])
    expect(hits(plan, [MANIFEST], 'PUT')).toEqual([0])
  })

  test('nth hits once, times bounds', () => {
    expect(hits({ rules: [{ match: { nth: 2 }, fault }] }, [MANIFEST, MANIFEST, MANIFEST])).toEqual([undefined, 0, undefined])
    expect(hits({ rules: [{ fault, times: 2 }] }, [MANIFEST, MANIFEST, MANIFEST])).toEqual([0, 0, undefined])
  })

  test('probability follows the seed, about as often as it says, whatever other rules do', () => {
    const paths = Array.from({ length: 2000 }, () => MANIFEST)
    const plan = (seed: number): object => ({ seed, rules: [{ fault, probability: 0.25 }] })
    const first = hits(plan(1), paths)
    expect(hits(plan(1), paths)).toEqual(first)
    expect(hits(plan(2), paths)).not.toEqual(first)
    const share = first.filter((hit) => hit === 0).length / paths.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
  })
})

interface Got {
  status: number | undefined
  headers: Record<string, unknown>
  body: Buffer
  /** How it ended: properly, with an error code, or without all that was promised. */
  end: string
}

function ask(url: string, { method = 'GET', body = '' } = {}): Promise<Got> {
  return new Promise((resolve) => {
    const got: Got = { status: undefined, headers: {}, body: Buffer.alloc(0), end: '' }
    const finish = (end: string): void => resolve({ ...got, end })
    const outgoing = request(url, { method, agent: false, ...(body === '' ? {} : { headers: { 'content-length': body.length } }) }, (answer) => {
      got.status = answer.statusCode
      got.headers = answer.headers
      answer.on('data', (chunk: Buffer) => {
        got.body = Buffer.concat([got.body, chunk])
      })
      answer.on('error', (error: Error & { code?: string }) => finish(error.code ?? error.message))
      answer.on('end', () => finish(answer.complete ? 'end' : 'early end'))
    })
    outgoing.on('error', (error: Error & { code?: string }) => finish(error.code ?? error.message))
    outgoing.end(body)
  })
}

describe('on the wire', () => {
  const blob = piece('0123456789'.repeat(10))
  const path = `/v2/team/app/blobs/${blob.descriptor.digest}`

  const withFault = async (fault: object, method = 'GET') => {
    const registry = await world.start([{ match: { method, path: '/blobs/sha256' }, fault, times: 1 }])
    await put(world.repository(registry), blob)
    return { registry, got: await ask(registry.url + path, { method }) }
  }

  test('answer', async () => {
    const { got, registry } = await withFault({ answer: { status: 418, headers: { 'x-one': '1' }, body: 'tea' } })
    expect({ ...got, body: got.body.toString() }).toMatchObject({ status: 418, headers: { 'x-one': '1' }, body: 'tea', end: 'end' })
    expect(registry.history.at(-1)).toEqual({ number: registry.history.length, method: 'GET', path, rule: 0 })
  })

  test('redirect', async () => {
    expect((await withFault({ redirect: { to: 'http://other.invalid{path}' } })).got).toMatchObject({
      status: 307,
      headers: { location: `http://other.invalid${path}` },
    })
  })

  interface Wanted {
    readonly status?: number
    readonly length: number
    readonly end: string
    readonly promised?: string
  }
  const shapes: Array<[string, object, Wanted]> = [
    ['reset', { reset: 37 }, { status: 200, length: 37, end: 'ECONNRESET', promised: '100' }],
    ['truncate', { truncate: 37 }, { status: 200, length: 37, end: 'ECONNRESET', promised: '100' }],
    ['truncateUnsaid', { truncateUnsaid: 37 }, { status: 200, length: 37, end: 'end' }],
    ['length, more', { length: 120 }, { status: 200, length: 100, end: 'ECONNRESET', promised: '120' }],
    ['append', { append: 'more' }, { status: 200, length: 104, end: 'end', promised: '104' }],
    ['drop', { drop: ['Docker-Content-Digest'] }, { status: 200, length: 100, end: 'end', promised: '100' }],
    ['drop of the length', { drop: ['content-length'] }, { status: 200, length: 100, end: 'end' }],
    ['lose the request', { lose: 'request' }, { length: 0, end: 'ECONNRESET' }],
    ['lose the answer', { lose: 'answer' }, { length: 0, end: 'ECONNRESET' }],
    ['hang', { hang: 50 }, { length: 0, end: 'ECONNRESET' }],
  ]
  test.each(shapes)('%s', async (what, fault, wanted) => {
    const { got } = await withFault(fault)
    const { status, body, end, headers } = got
    expect({ status, length: body.length, end, promised: headers['content-length'] }).toEqual(wanted)
    expect(body.subarray(0, 100).equals(Buffer.from(blob.bytes).subarray(0, wanted.length))).toBe(true)
    expect('docker-content-digest' in headers).toBe(what !== 'drop' && status !== undefined)
  })

  test('length, less: the rest is not part of the answer', async () => {
    const { got } = await withFault({ length: 60 })
    expect(got.headers).toMatchObject({ 'content-length': '60' })
    expect(got.body.length).toBeLessThanOrEqual(60)
  })

  test('corrupt: one bit of one byte, the length is right', async () => {
    const { got } = await withFault({ corrupt: 99 })
    expect(got.body.length).toBe(100)
    expect(got.body.subarray(0, 99).equals(Buffer.from(blob.bytes).subarray(0, 99))).toBe(true)
    expect(got.body[99]).not.toBe(blob.bytes[99])
  })

  test('digest and set', async () => {
    expect((await withFault({ digest: 'sha256:0' })).got.headers).toMatchObject({ 'docker-content-digest': 'sha256:0' })
    const { got } = await withFault({ set: { 'Docker-Content-Digest': 'x', warning: '299 - "y"' } })
    expect(got.headers).toMatchObject({ 'docker-content-digest': 'x', warning: '299 - "y"', 'content-length': '100' })
  })

  test('slow: 100 bytes at 400 a second take about a quarter of one', async () => {
    const since = performance.now()
    const { got } = await withFault({ slow: 400 })
    expect(got.body.length).toBe(100)
    expect(performance.now() - since).toBeGreaterThan(180)
  })

  test('resetUpload keeps the request from the registry, duplicate carries it out twice', async () => {
    const reset = await world.start([{ match: { method: 'PUT', path: '/blobs/uploads/' }, fault: { resetUpload: 5 }, times: 1 }])
    await put(world.repository(reset), blob)
    expect(reset.history.filter(({ method, status }) => method === 'PUT' && status === undefined)).toHaveLength(1)
    const double = await world.start([{ match: { method: 'POST' }, fault: { duplicate: true } }])
    const got = await ask(`${double.url}/v2/team/app/blobs/uploads/?digest=${blob.descriptor.digest}`, {
      method: 'POST',
      body: Buffer.from(blob.bytes).toString(),
    })
    expect(got.status).toBe(201)
    expect(await world.repository(double).has(blob.descriptor, call)).toBe(true)
  })
})

describe('the invariant', () => {
  const { manifest, blobs } = imageOf('one')
  const TAG = parseTag('v1')

  test('holds for what a client does, and names tag, root and what is missing when it does not', async () => {
    const registry = await world.start()
    const target = world.repository(registry)
    await put(target, ...blobs, manifest)
    await target.tag(manifest.descriptor, TAG, call)
    expect(registry.violations).toEqual([])
    const lost = blobs[1]?.descriptor.digest ?? ''
    await unlink(join(registry.directory, 'team+app', 'blobs', 'sha256', lost.slice(7)))
    await put(target, piece('something else'))
    expect(registry.violations.at(-1)).toMatchObject({ repository: 'team/app', tag: 'v1', root: manifest.descriptor.digest, missing: [lost] })
    expect(registry.violations.at(-1)?.after).toMatch(/^(?:PUT|POST) \/v2\/team\/app\/blobs\/uploads\//)
  })
})

describe('ferry registry serve', () => {
  test('--faults and --check: fails as planned, asserts, and ends with CONTENT_MISSING when a tag was incomplete', { timeout: 40_000 }, async () => {
    const directory = await world.directory()
    const plan = join(directory, 'faults.json')
    await writeFile(plan, JSON.stringify({ rules: [{ match: { path: '^/v2/$' }, fault: { answer: { status: 503 } }, times: 1 }] }))
    const served = join(directory, 'reg')
    const words = ['src/entry/cli.ts', 'registry', 'serve', served, '--faults', plan, '--check', '--output', 'json']
    const child = spawn(process.execPath, words, { cwd: ROOT, env: { PATH: process.env['PATH'], HOME: directory }, stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(stderr)
        if (found) resolve(found[0])
      })
      child.once('exit', () => reject(new Error(stderr)))
    })
    expect([(await ask(`${url}/v2/`)).status, (await ask(`${url}/v2/`)).status]).toEqual([503, 200])
    const target = world.repository({ url, host: url.slice(7), history: [], violations: [], close: async () => undefined })
    const { manifest, blobs } = imageOf('one')
    await put(target, ...blobs, manifest)
    await target.tag(manifest.descriptor, parseTag('v1'), call)
    await rm(join(served, 'team+app', 'blobs', 'sha256', blobs[1]?.descriptor.digest.slice(7) ?? ''))
    await put(target, piece('something else'))
    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number | null]
    expect({ code, report: JSON.parse(stdout) }).toMatchObject({ code: 6, report: { error: { code: 'CONTENT_MISSING' } } })
    expect(stderr).toContain('"tag":"v1"')
  })
})
