/**
 * The one way to start another program: an argv array, never a shell; the environment it gets is exactly what is given;
 * time and output are bounded; on a stop or a timeout its whole process group goes.
 * What does not belong here: which program, and what its answer means.
 */
import { type Call, stopReason, throwIfStopped } from './call.ts'
import { Failure } from './failure.ts'

export interface Execution {
  readonly program: string
  readonly args: readonly string[]
  /** Everything the child sees of the environment; PATH decides where the program is looked for. */
  readonly environment: Readonly<Record<string, string>>
  /** What it reads on stdin; without it stdin is closed. */
  readonly input?: string | Uint8Array
  readonly directory?: string
  /** Milliseconds. */
  readonly timeout: number
  /** Bytes of stdout and of stderr that are read at most; a child that says more is ended. */
  readonly largest: number
}

export interface ExecutionResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program to its end; any exit code is an answer.
 * @throws Failure TOOL_MISSING when there is no such program, DEADLINE when it takes too long, LIMIT_REACHED when it says too much,
 * and the stop reason of the call
 */
export async function execute(execution: Execution, call: Call): Promise<ExecutionResult> {
  throwIfStopped(call)
  const { execa } = await import('execa')
  const { program, args, environment, input, directory, timeout, largest } = execution
  const groups = process.platform !== 'win32'
  const child = execa(program, [...args], {
    env: { ...environment },
    extendEnv: false,
    shell: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: largest,
    detached: groups,
    cleanup: true,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(directory === undefined ? {} : { cwd: directory }),
  })
  const end = (): void => {
    if (child.pid === undefined) return
    try {
      process.kill(groups ? -child.pid : child.pid, 'SIGKILL')
    } catch {
      // Already gone.
    }
  }
  let late = false
  const timer = setTimeout(() => {
    late = true
    end()
  }, timeout)
  call.signal.addEventListener('abort', end, { once: true })
  try {
    const result = await child
    if (call.signal.aborted) throw stopReason(call.signal)
    if (late) throw new Failure('DEADLINE', `${program} did not end within ${Math.round(timeout / 1000)} s`)
    if (result.isMaxBuffer) throw new Failure('LIMIT_REACHED', `${program} printed more than ${largest} characters`)
    if (result.exitCode === undefined) {
      const code = result.code ?? ''
      if (code === 'ENOENT' || code === 'EACCES') {
        throw new Failure('TOOL_MISSING', `cannot start ${program}`, {
          cause: code === 'ENOENT' ? 'there is no such program on the PATH' : 'it may not be executed',
        })
      }
      throw new Failure('TOOL_MISSING', `${program} did not end by itself`, { cause: result.signal ?? result.originalMessage ?? 'unknown' })
    }
    return { exitCode: result.exitCode, stdout: result.stdout ?? '', stderr: result.stderr ?? '' }
  } finally {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', end)
    end()
  }
}
