/** Programs are started without a shell, see only their environment, and end when they must. */
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { execute } from '../../src/kit/exec.ts'

const base = { environment: { PATH: process.env['PATH'] ?? '' }, timeout: 10_000, largest: 65_536 }
const call = freeCall()

describe('execute', () => {
  test('arguments stay what they are', async () => {
    const args = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--', '$(id)', 'a b', '"\'', '*', ';ls']
    expect(JSON.parse((await execute({ ...base, program: process.execPath, args }, call)).stdout)).toEqual(['$(id)', 'a b', '"\'', '*', ';ls'])
  })

  test('the environment is the given one alone; any exit code is an answer', async () => {
    const { stdout, exitCode } = await execute(
      {
        ...base,
        environment: { ONLY: 'this' },
        program: process.execPath,
        args: ['-e', 'process.stdout.write(Object.keys(process.env).join()); process.exitCode = 7'],
      },
      call,
    )
    expect([stdout, exitCode]).toEqual(['ONLY', 7])
  })

  test('input arrives, and ends', async () => {
    const { stdout } = await execute({ ...base, program: process.execPath, args: ['-e', 'process.stdin.pipe(process.stdout)'], input: 'täxt' }, call)
    expect(stdout).toBe('täxt')
  })

  test('missing, late, too loud, stopped [case 61] [case 62]', async () => {
    const node = { ...base, program: process.execPath }
    await expect(execute({ ...base, program: 'no-such-program-here', args: [] }, call)).rejects.toMatchObject({ code: 'TOOL_MISSING' })
    await expect(execute({ ...node, args: ['-e', 'setInterval(() => {}, 1000)'], timeout: 300 }, call)).rejects.toMatchObject({ code: 'DEADLINE' })
    await expect(execute({ ...node, args: ['-e', 'setInterval(() => process.stdout.write("x".repeat(65536)), 1)'] }, call)).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
    })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    await expect(execute({ ...node, args: ['-e', 'setInterval(() => {}, 1000)'] }, { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})
