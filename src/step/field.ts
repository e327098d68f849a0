/**
 * The words of the input vocabulary: what an input *means*. How a host spells it (flag, `with:` key, param, Groovy
 * argument) is that host's business; if a host needs a special case for one step, a word is missing here.
 */
import { Secret } from '../kit/secret.ts'
import { type Location, parseLocation } from '../registry/target/location.ts'
import { anyText, many, oneLine, type Raw, readChoice, readDuration, readImage, readInteger, readKeys, readMap, readSwitch, writable } from './read-raw.ts'

export type { Raw } from './read-raw.ts'

/** The form a host has to carry: one text, true/false, many texts, `key=value` texts, or a secret text. */
export type Shape = 'text' | 'switch' | 'list' | 'map' | 'secret'

/** What a host may know of the run: its number, the commit, the URL of the source. */
export type Fact = 'buildNumber' | 'revision' | 'source'

export type Word =
  | 'text'
  | 'image'
  | 'place'
  | 'directory'
  | 'file'
  | 'keys'
  | 'private-key'
  | 'environment'
  | 'choice'
  | 'integer'
  | 'duration'
  | 'switch'
  | 'list'
  | 'map'
  | 'secret'

export interface Field<T> {
  readonly word: Word
  readonly shape: Shape
  /** One sentence without a full stop. */
  readonly about: string
  readonly required: boolean
  readonly example?: string
  /** Text form of the default, as help shows it. */
  readonly fallback?: Raw
  readonly choices?: readonly string[]
  /** On the command line it stands without a flag, in the order of definition; a list takes all that is left. */
  readonly positional: boolean
  /** A shorter name on the command line, where people type it. */
  readonly flag?: string
  /** What the host may know by itself, when nobody said otherwise. */
  readonly fact?: Fact
  /** The step writes here: a login that is given is for this registry. The last one that names a registry counts. */
  readonly writes?: true
  /** Dotted path in ferry.yaml that gives the value when neither input nor environment does. */
  readonly setting?: string
  /** The directory may hold the ferry.yaml of the step. */
  readonly holdsSettings?: boolean
  /** Turns what was given into a value; undefined when nothing was. @throws Failure (message without the field's name) */
  read(raw: Raw | undefined): T
}

interface Options {
  readonly about: string
  readonly example?: string
  readonly positional?: boolean
  readonly flag?: string
  readonly fact?: Fact
  readonly writes?: true
  readonly setting?: string
}
interface Optional {
  readonly optional: true
}
interface Defaulted {
  readonly fallback: string
}
type MayBeAbsent = Partial<Optional> & Partial<Defaulted>
/** The value's type: undefined joins it when the field is optional. */
type Value<T, O> = O extends Optional ? T | undefined : T

function make<T, O extends Options & MayBeAbsent>(
  word: Word,
  shape: Shape,
  options: O,
  read: (raw: Raw) => T,
  extra: Partial<Field<T>> = {},
): Field<Value<T, O>> {
  const { about, example, positional = false, flag, fact, writes, setting, optional, fallback } = options
  return {
    word,
    shape,
    about,
    required: optional !== true && fallback === undefined,
    positional,
    ...(example === undefined ? {} : { example }),
    ...(flag === undefined ? {} : { flag }),
    ...(fact === undefined ? {} : { fact }),
    ...(writes === undefined ? {} : { writes }),
    ...(setting === undefined ? {} : { setting }),
    ...(fallback === undefined ? {} : { fallback }),
    ...extra,
    read(raw) {
      const given = raw === undefined || raw === '' ? fallback : raw
      return (given === undefined ? undefined : read(given)) as Value<T, O>
    },
  }
}

function written({ writes }: Options, read: (raw: Raw) => Location): (raw: Raw) => Location {
  return writes === true ? (raw) => writable(read(raw)) : read
}

export const field = {
  /** Any text on one line. */
  text: <const O extends Options & MayBeAbsent>(options: O): Field<Value<string, O>> => make('text', 'text', options, oneLine),
  /** An image by tag or digest, in a registry, a layout or an archive. */
  image: <const O extends Options & MayBeAbsent>(options: O): Field<Value<Location, O>> => make('image', 'text', options, written(options, readImage)),
  /** A repository, a layout or an archive, with or without a tag: where something is or goes. */
  place: <const O extends Options & MayBeAbsent>(options: O): Field<Value<Location, O>> =>
    make(
      'place',
      'text',
      options,
      written(options, (raw) => parseLocation(oneLine(raw))),
    ),
  directory: <const O extends Options & MayBeAbsent & { readonly holdsSettings?: true }>(options: O): Field<Value<string, O>> =>
    make('directory', 'text', options, oneLine, options.holdsSettings === true ? { holdsSettings: true } : {}),
  file: <const O extends Options & MayBeAbsent>(options: O): Field<Value<string, O>> => make('file', 'text', options, oneLine),
  /** Public keys: paths of PEM files, one a line, or the PEM text itself. Empty when none is given. */
  keys: (options: Options): Field<readonly string[]> => ({
    ...make('keys', 'text', { ...options, optional: true }, readKeys),
    read: (raw) => (raw === undefined ? [] : readKeys(raw)),
  }),
  /** The name of an environment. */
  environment: <const O extends Options & MayBeAbsent>(options: O): Field<Value<string, O>> => make('environment', 'text', options, oneLine),
  choice: <const O extends Options & MayBeAbsent & { readonly of: readonly string[] }>(options: O): Field<Value<O['of'][number], O>> =>
    make('choice', 'text', options, (raw) => readChoice(oneLine(raw), options.of), { choices: options.of }),
  integer: <const O extends Options & MayBeAbsent>(options: O): Field<Value<number, O>> => make('integer', 'text', options, readInteger),
  /** Milliseconds; written `90s`, `5m`, `1h30m`, `250ms`. */
  duration: <const O extends Options & MayBeAbsent>(options: O): Field<Value<number, O>> => make('duration', 'text', options, readDuration),
  /** true or false; false when not given. */
  switch: (options: Options): Field<boolean> => make('switch', 'switch', { ...options, fallback: 'false' }, readSwitch),
  /** Any number of texts; empty when none is given. */
  list: (options: Options): Field<readonly string[]> => ({
    ...make('list', 'list', { ...options, optional: true }, many),
    read: (raw) => (raw === undefined ? [] : many(raw)),
  }),
  /** Any number of `key=value`; empty when none is given. */
  map: (options: Options): Field<Readonly<Record<string, string>>> => ({
    ...make('map', 'map', { ...options, optional: true }, readMap),
    read: (raw) => (raw === undefined ? {} : readMap(raw)),
  }),
  /** A value that is never shown: no argv, no Tekton param; text, or what a file holds. */
  secret: <const O extends Options & MayBeAbsent>(options: O): Field<Value<Secret, O>> => make('secret', 'secret', options, (raw) => new Secret(anyText(raw))),
  /** A private key: the path of a PEM file, or the PEM text itself, in a box either way. */
  privateKey: <const O extends Options & MayBeAbsent>(options: O): Field<Value<Secret, O>> =>
    make('private-key', 'secret', options, (raw) => new Secret(anyText(raw))),
}
