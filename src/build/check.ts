/**
 * A recipe, judged before anything is read or written: every bad input is found in one go, each with the name of its field.
 * What does not belong here: whether the files exist (layer/collect) and what the base is (image/base).
 */
import { posix } from 'node:path'
import { Failure, isFailure } from '../kit/failure.ts'
import { printable } from '../kit/printable.ts'
import { printPlatform, readPlatform } from '../registry/oci/platform.ts'
import type { LayerRecipe, Recipe } from './builder.ts'
import { type Owner, ROOT, readMode, readOwner } from './layer/entry.ts'

/** A layer whose texts are right; `{arch}` and its like still stand in `from`. */
export interface CheckedLayer {
  readonly from: readonly string[]
  /** Undefined: the working directory. */
  readonly to: { readonly path: string; readonly directory: boolean } | undefined
  readonly owner: Owner
  readonly mode: number | undefined
  readonly told: boolean
}

export interface Checked {
  readonly layers: readonly CheckedLayer[]
  /** `8080/tcp` */
  readonly ports: readonly string[]
  readonly workdir: string | undefined
  /** Whole seconds. */
  readonly created: Date
}

/** @param problems gets a Failure INPUT_INVALID for everything that is wrong */
export function checkRecipe(recipe: Recipe, problems: Failure[]): Checked {
  const check = createCheck(problems)
  const layers = (recipe.layers ?? [{ from: '.' }]).map((layer, index) => checkLayer(layer, `layers[${index}]`, check))
  const ports = (recipe.ports ?? []).map((port, index) => check(`ports[${index}]`, port, () => readPort(port)) ?? port)
  const workdir = recipe.workdir === undefined ? undefined : check('workdir', recipe.workdir, () => readPlace(recipe.workdir ?? '').path)
  for (const [index, volume] of (recipe.volumes ?? []).entries()) check(`volumes[${index}]`, volume, () => readPlace(volume))
  for (const [field, words] of Object.entries({ entrypoint: recipe.entrypoint ?? [], cmd: recipe.cmd ?? [] })) {
    for (const [index, word] of words.entries()) check(`${field}[${index}]`, word, () => refuseIf(word.includes('\0'), 'it has a zero byte', NO_ZERO))
  }
  for (const [name, value] of Object.entries(recipe.env ?? {})) {
    check(`env.${name}`, name, () => refuseIf(!/^[^=\s\0]+$/.test(name), 'a name has no spaces and no =', 'Write NAME: value.'))
    check(`env.${name}`, value, () => refuseIf(value.includes('\0'), 'it has a zero byte', NO_ZERO))
  }
  for (const [field, map] of Object.entries({ labels: recipe.labels ?? {}, annotations: recipe.annotations ?? {} })) {
    if (Object.hasOwn(map, '')) check(field, '', () => refuseIf(true, 'a name is empty', 'Write name: value.'))
  }
  const { user, stopSignal } = recipe
  if (user !== undefined)
    check('user', user, () => refuseIf(!/^[^\s:\0]+(?::[^\s:\0]+)?$/.test(user), 'it is not a user', 'Write user, uid, user:group or uid:gid.'))
  if (stopSignal !== undefined)
    check('stopSignal', stopSignal, () => refuseIf(!/^(?:SIG[A-Z0-9+-]+|[1-9]\d?)$/.test(stopSignal), 'it is not a signal', 'Write e.g. SIGTERM or 15.'))
  const platforms = (recipe.platforms ?? []).map(printPlatform)
  for (const [index, platform] of platforms.entries()) {
    check(`platforms[${index}]`, platform, () => {
      readPlatform(platform)
      refuseIf(platforms.indexOf(platform) !== index, 'it stands there twice', 'Name every platform once.')
    })
  }
  if (recipe.platforms?.length === 0) check('platforms', '', () => refuseIf(true, 'the list is empty', 'Leave it out, or name one, e.g. linux/amd64.'))
  return { layers, ports, workdir, created: checkCreated(recipe.created ?? new Date(0), check) }
}

const NO_ZERO = 'No program can be given a zero byte: take it out.'

type Check = <T>(field: string, value: string, read: () => T) => T | undefined

function createCheck(problems: Failure[]): Check {
  return (field, value, read) => {
    try {
      return read()
    } catch (error) {
      if (!isFailure(error)) throw error
      const message = `${printable(field, 120)} cannot be "${printable(value, 160)}": ${error.message}`
      problems.push(new Failure('INPUT_INVALID', message, { facts: { field }, ...(error.hint === undefined ? {} : { hint: error.hint }) }))
      return undefined
    }
  }
}

function refuseIf(wrong: boolean, why: string, hint: string): void {
  if (wrong) throw new Failure('INPUT_INVALID', why, { hint })
}

function checkLayer(layer: LayerRecipe, field: string, check: Check): CheckedLayer {
  const { from, to, owner, mode } = layer
  const paths = typeof from === 'string' ? [from] : from
  if (paths.length === 0)
    check(`${field}.from`, '', () => refuseIf(true, 'it names nothing', 'Write a path inside the context, e.g. dist, or . for all of it.'))
  return {
    from: paths.map((path) => check(`${field}.from`, path, () => readInside(path)) ?? ''),
    to: to === undefined ? undefined : check(`${field}.to`, to, () => readPlace(to)),
    owner: owner === undefined ? ROOT : (check(`${field}.owner`, owner, () => readOwner(owner)) ?? ROOT),
    mode: mode === undefined ? undefined : check(`${field}.mode`, mode, () => readMode(mode)),
    told: owner !== undefined || mode !== undefined,
  }
}

/** A path inside the context, cleaned: `./dist/` → `dist`, `.` → ''. */
function readInside(path: string): string {
  const hint = 'Write a path inside the context, e.g. dist/app; what lies elsewhere must be copied into the context first.'
  refuseIf(path === '' || path.includes('\0'), 'it is not a path', hint)
  refuseIf(posix.isAbsolute(path), 'it is an absolute path', hint)
  refuseIf(path.split('/').includes('..'), 'it leads out of the context', hint)
  const clean = posix.normalize(path).replace(/\/$/, '')
  return clean === '.' ? '' : clean
}

/** A place in the image: `/app/` → `/app`, a directory. */
function readPlace(place: string): { path: string; directory: boolean } {
  const hint = 'Write a path from the root of the image, e.g. /app/.'
  refuseIf(!place.startsWith('/'), 'it does not begin with a slash', hint)
  refuseIf(place.split('/').includes('..'), 'it has ..', hint)
  refuseIf(printable(place, place.length) !== place, 'it has control characters', hint)
  const clean = posix.normalize(place).replace(/\/+/g, '/')
  return { path: clean === '/' ? '/' : clean.replace(/\/$/, ''), directory: clean.endsWith('/') || place.endsWith('/.') }
}

function readPort(text: string): string {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(text)
  const low = Number(match?.[1])
  const high = Number(match?.[2] ?? match?.[1])
  refuseIf(!match || low < 1 || high > 65_535 || high < low, 'it is not a port', 'Write 8080, 8080/tcp, 53/udp or 8000-8010.')
  return `${match?.[1] ?? ''}${match?.[2] === undefined ? '' : `-${match[2]}`}/${match?.[3] ?? 'tcp'}`
}

/** The largest year that RFC 3339 can write. */
const LATEST = Date.UTC(9999, 11, 31)

function checkCreated(created: Date, check: Check): Date {
  const value = created.getTime()
  const right = value >= 0 && value <= LATEST
  check('created', right ? created.toISOString() : String(value), () =>
    refuseIf(!right, 'it is not a time between 1970 and 9999', 'SOURCE_DATE_EPOCH is in seconds since 1970-01-01.'),
  )
  return new Date(right ? Math.floor(value / 1000) * 1000 : 0)
}
