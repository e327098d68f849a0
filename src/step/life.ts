/**
 * The life of a step: settings, inputs, masks, run, outputs, ending; the same on every host, so that the same inputs give
 * the same outputs, words and exit code.
 */
import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { type Call, throwIfStopped } from '../kit/call.ts'
import { frozenClock, systemClock } from '../kit/clock.ts'
import { asFailure, Failure, isFailure } from '../kit/failure.ts'
import { createRedactor, type Redactor } from '../kit/redact.ts'
import { Secret } from '../kit/secret.ts'
import type { CredentialSources } from '../registry/http/credentials/credential.ts'
import type { NetworkSettings } from '../registry/http/network-settings.ts'
import { createOpener, type Opener } from '../registry/target/open.ts'
import { givenSecrets, openerOptions } from './access.ts'
import { cleanEnding } from './clean-ending.ts'
import { INHERITED, inputsOf } from './common-inputs.ts'
import type { Context, Shown } from './context.ts'
import type { Raw } from './field.ts'
import type { Ending, Host } from './host.ts'
import { readInputs } from './inputs.ts'
import { createLog } from './log.ts'
import { variableOf } from './names.ts'
import type { OutputValue } from './output.ts'
import { loadSettings } from './settings/load.ts'
import type { Settings } from './settings/settings.ts'
import type { AnyStep } from './step.ts'

/** What the machine gives to a life, apart from the host. */
export interface Machine {
  readonly call: Call
  readonly directory: string
  /** Where credentials may come from on this machine; what the user gave explicitly is added here. */
  readonly credentials: CredentialSources
  /** Proxies and certificates of this machine; absent: none. */
  readonly network?: NetworkSettings
  loadStep(name: string): Promise<AnyStep>
}

/** Runs a step to its end and hands the ending to the host. @returns the exit code */
export async function live(step: AnyStep, host: Host, machine: Machine): Promise<number> {
  const started = performance.now()
  const redactor = createRedactor()
  const shown: Shown[] = []
  const finish = async (outcome: { outputs: Ending['outputs']; failure?: Failure }): Promise<number> => {
    const exitCode = outcome.failure?.exitCode ?? 0
    const ending = { step, exitCode, shown, milliseconds: performance.now() - started, ...outcome }
    await host.end(cleanEnding(ending, redactor))
    return exitCode
  }
  try {
    return await finish({ outputs: await runOne(step, host, machine, { redactor, shown }) })
  } catch (error) {
    return finish({ outputs: {}, failure: asFailure(error) })
  }
}

interface Frame {
  readonly redactor: Redactor
  readonly shown: Shown[]
}

async function runOne(step: AnyStep, host: Host, machine: Machine, frame: Frame): Promise<Readonly<Record<string, OutputValue>>> {
  const settings = await settingsFor(step, host, machine)
  for (const secret of givenSecrets(step, host, settings)) {
    frame.redactor.add(secret)
    host.mask(secret)
  }
  const values = readInputs(step, host, settings)
  const timeout = values['timeout']
  const call: Call = {
    ...(typeof timeout === 'number' ? withTimeout(machine.call, timeout) : machine.call),
    onProgress: (event) => host.progress(event),
  }
  const opener = createOpener(openerOptions(step, values, machine.credentials, machine.network, settings.dialects))
  try {
    throwIfStopped(call)
    const context = contextFor({ values, host, machine, frame, settings, opener, call })
    const outputs = await step.run(values as never, context).catch(async (error: unknown) => {
      // What was done counts, and says so.
      if (isFailure(error, 'PARTLY_DONE')) await opener.finish(call)
      throw error
    })
    // Before anybody is told that it is there.
    await opener.finish(call)
    // In the order of the definition, whatever order a step put them in: hosts print them as they come.
    return Object.fromEntries(Object.keys(step.outputs).flatMap((name) => (name in outputs ? [[name, outputs[name] as OutputValue]] : [])))
  } finally {
    await opener.discard()
    opener.close()
  }
}

function withTimeout(call: Call, milliseconds: number): Call {
  const stop = new AbortController()
  const reason = new Failure('DEADLINE', 'the time given by timeout is used up', {
    hint: 'Give more time, or run the same command again: what was done is kept.',
  })
  setTimeout(() => stop.abort(reason), milliseconds).unref()
  return { ...call, signal: AbortSignal.any([call.signal, stop.signal]), deadline: performance.now() + milliseconds }
}

/** `config` when given, else the working directory, else the directory that is worked on. */
async function settingsFor(step: AnyStep, host: Host, machine: Machine): Promise<Settings> {
  const inputs = inputsOf(step)
  const given = (name: string): string | undefined => {
    const field = inputs[name]
    const raw = field === undefined ? undefined : (host.read(name, field) ?? host.variable(variableOf(name)))
    return typeof raw === 'string' && raw !== '' ? raw : undefined
  }
  const holding = Object.keys(inputs).flatMap((name) => (inputs[name]?.holdsSettings === true ? (given(name) ?? []) : []))
  const path = given('config')
  return loadSettings({ directories: [machine.directory, ...holding], ...(path === undefined ? {} : { path }) })
}

interface Parts {
  readonly values: Readonly<Record<string, unknown>>
  readonly host: Host
  readonly machine: Machine
  readonly frame: Frame
  readonly settings: Settings
  readonly opener: Opener
  readonly call: Call
}

function contextFor({ host, machine, frame, settings, opener, call, values }: Parts): Context {
  const frozen = frozenAt(host)
  return {
    call,
    log: createLog((line) =>
      host.say({
        ...line,
        fields: Object.fromEntries(Object.entries(line.fields).map(([key, value]) => [key, typeof value === 'string' ? frame.redactor.clean(value) : value])),
      }),
    ),
    clock: frozen === undefined ? systemClock : frozenClock(frozen),
    ...(frozen === undefined ? {} : { frozen }),
    settings,
    fromSettings: (path) => (isAbsolute(path) ? path : join(settings.directory, path)),
    opener,
    async readFile(path) {
      try {
        return await readFile(path)
      } catch (error) {
        throw new Failure('FILE_UNREADABLE', `cannot read ${path}`, { cause: error, hint: 'Name a file that exists and that this user may read.' })
      }
    },
    async ask(question) {
      const secret = await host.ask(question)
      if (secret) frame.redactor.add(secret)
      return secret
    },
    show: (document) => void frame.shown.push(document),
    async step(name) {
      const inner = await machine.loadStep(name)
      return {
        inputs: Object.keys(inputsOf(inner)),
        run: (given) => runOne(inner, innerHost(host, name, { ...inherited(values), ...given }), { ...machine, call }, frame),
      }
    },
  }
}

/** The host of a step that another one starts: its inputs are given by that one. */
function innerHost(host: Host, step: string, given: Readonly<Record<string, Raw>>): Host {
  return {
    ...host,
    read: (name) => given[name],
    strangers: (known) => Object.keys(given).filter((name) => !known.includes(name) && !INHERITED.includes(name)),
    spell: (name) => `${step}.${name}`,
  }
}

function inherited(values: Readonly<Record<string, unknown>>): Record<string, Raw> {
  return Object.fromEntries(
    INHERITED.flatMap((name): [string, Raw][] => {
      const value = values[name]
      if (value instanceof Secret) return [[name, value.reveal()]]
      return typeof value === 'string' || Array.isArray(value) ? [[name, value]] : []
    }),
  )
}

/** SOURCE_DATE_EPOCH stops the clock, so that the same inputs give the same bytes. */
function frozenAt(host: Host): Date | undefined {
  const epoch = host.variable('SOURCE_DATE_EPOCH')
  if (epoch === undefined) return undefined
  if (!/^[0-9]{1,12}$/.test(epoch))
    throw new Failure('INPUT_INVALID', 'SOURCE_DATE_EPOCH is not a number of seconds', {
      hint: 'Set it to seconds since 1970, e.g. the output of git log -1 --format=%ct.',
    })
  return new Date(Number(epoch) * 1000)
}
