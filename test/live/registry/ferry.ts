/** The command line, run from its source as a process of its own, in a home where nothing is configured. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../../house/source.ts'

export const FERRY: string = join(ROOT, 'src/entry/cli.ts')

/** As it is shipped: without what node needs to read TypeScript, which takes 40 MiB when nothing is kept. */
export const BUNDLE: string = join(ROOT, 'dist/ferry.cjs')

/** What node made of the source is kept: a start takes half the time, and these tests start ferry a hundred times. */
export const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled') }

export interface Run {
  readonly exit: number
  readonly outputs: Readonly<Record<string, unknown>>
  readonly stdout: string
  readonly stderr: string
}

export interface FerryOptions {
  /** Home and working directory. */
  readonly home: string
  readonly env?: Readonly<Record<string, string>>
  /** Words for node itself. */
  readonly node?: readonly string[]
  /** What is run; the source when nothing is said. */
  readonly program?: string
  /** Milliseconds until it is ended; two minutes when nothing is said. */
  readonly timeout?: number
}

/** Runs `ferry …args --output json`; whatever the exit code is. */
export function ferry(args: readonly string[], { home, env = {}, node = [], program = FERRY, timeout = 120_000 }: FerryOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const words = [...node, program, ...args, '--output', 'json']
    const surroundings = { PATH: process.env['PATH'], HOME: home, SOURCE_DATE_EPOCH: '0', ...COMPILED, ...env }
    execFile(process.execPath, words, { cwd: home, env: surroundings, timeout }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') return reject(new Error(`ferry ${args.join(' ')}: ${error.message}`))
      const said: unknown = stdout.trim().startsWith('{') ? JSON.parse(stdout) : {}
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, outputs: (said as { outputs?: Run['outputs'] }).outputs ?? {}, stdout, stderr })
    })
  })
}

/** The same, but anything else than success throws what ferry said. */
export async function mustFerry(args: readonly string[], options: FerryOptions): Promise<Run['outputs']> {
  const { exit, outputs, stderr } = await ferry(args, options)
  if (exit !== 0) throw new Error(`ferry ${args.join(' ')}: exit ${exit}\n${stderr}`)
  return outputs
}
