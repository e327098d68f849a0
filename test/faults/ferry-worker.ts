/**
 * The command line as a process that waits: each line on stdin is an argv in JSON, carried out as `ferry` does, and answered with
 * its exit code on a line of its own. So that a process can be killed within a step without paying for its start each time.
 */
import { createInterface } from 'node:readline'
import { loadStep, machine } from '../../src/entry/machine.ts'
import { parseArguments } from '../../src/hosts/terminal/arguments.ts'
import { createTerminalHost } from '../../src/hosts/terminal/host.ts'
import { inputsOf } from '../../src/step/common-inputs.ts'
import { live } from '../../src/step/life.ts'

const steps = new Map(await Promise.all(['copy', 'delete', 'promote', 'push', 'repair', 'sign'].map(async (name) => [name, await loadStep(name)] as const)))
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const [name = '', ...words] = JSON.parse(line) as string[]
  const step = steps.get(name)
  if (!step) throw new Error(`the worker does not know ${name}`)
  const host = createTerminalHost(parseArguments(inputsOf(step), words), (variable) => process.env[variable], process)
  const code = await live(step, host, machine(new AbortController().signal))
  process.stdout.write(`exit ${code}\n`)
}
