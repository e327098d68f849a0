/** A step as a GitHub action: what the two-line stubs in dist/ call. */
import { createGithubHost } from '../hosts/github/host.ts'
import { live } from '../step/life.ts'
import { loadStep, machine } from './machine.ts'
import { quietPipes, stopOnSignals } from './signals.ts'

export async function runAction(name: string): Promise<void> {
  quietPipes()
  const signal = stopOnSignals()
  const host = createGithubHost(process.env, (text) => void process.stdout.write(text))
  process.exitCode = await live(await loadStep(name), host, machine(signal))
}
