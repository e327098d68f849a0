/** The table: inputs, and what every host must give for them. Rows run in order; what one writes the next ones find. */
import type { FailureCode } from '../../src/kit/failure-codes.ts'
import type { AnyStep } from '../../src/step/step.ts'
import type { InputValue } from './host-runner.ts'
import { CANARY, KEY_PASSWORD, type World } from './world.ts'

export interface Row {
  readonly title: string
  readonly step: string
  readonly inputs: (world: World) => Readonly<Record<string, InputValue>>
  readonly variables?: Readonly<Record<string, string>>
  readonly exit: number
  /** The failure, when there is one. */
  readonly code?: FailureCode
  /** Words that the log must contain. */
  readonly says?: readonly string[]
  /** Some of the outputs. */
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Cancelled after this many milliseconds. */
  readonly interruptAfter?: number
}

const repo = (world: World): string => `${world.open}/team/hello`

/** Stands for the text of a key of the world. */
export const PLAIN_KEY = 'KEY:plain'
export const ENCRYPTED_KEY = 'KEY:encrypted'

export const ROWS: readonly Row[] = [
  {
    title: 'a tag is read',
    step: 'tag',
    inputs: () => ({ action: 'parse', subjects: ['prod-v1.2-1024'] }),
    exit: 0,
    outputs: { environment: 'prod', version: 'v1.2', build: '1024' },
  },
  { title: 'a tag outside the scheme', step: 'tag', inputs: () => ({ action: 'parse', subjects: ['latest'] }), exit: 2, code: 'TAG_OUTSIDE_SCHEME' },
  {
    title: 'the next build of a repository',
    step: 'tag',
    inputs: (world) => ({ action: 'next', subjects: [repo(world)], environment: 'dev', version: 'v1.0' }),
    exit: 0,
    outputs: { tag: 'dev-v1.0-3' },
  },
  {
    title: 'builds sort as numbers',
    step: 'tag',
    inputs: () => ({ action: 'sort', subjects: ['dev-v1.2-1000', 'dev-v1.2-999', 'dev-v1.10-1'] }),
    exit: 0,
    outputs: { tags: ['dev-v1.2-999', 'dev-v1.2-1000', 'dev-v1.10-1'] },
  },
  { title: 'an empty list', step: 'tag', inputs: () => ({ action: 'sort', subjects: [] }), exit: 0, outputs: { tags: [] } },
  {
    title: 'a choice misspelt',
    step: 'tag',
    inputs: () => ({ action: 'prase', subjects: ['dev-v1-1'] }),
    exit: 2,
    code: 'INPUT_INVALID',
    says: ['Did you mean parse?'],
  },
  { title: 'a command substitution as a tag', step: 'tag', inputs: () => ({ action: 'parse', subjects: ['$(id)'] }), exit: 2, code: 'TAG_OUTSIDE_SCHEME' },
  {
    title: 'quotes, backticks and semicolons as a tag',
    step: 'tag',
    inputs: () => ({ action: 'parse', subjects: [`a'b"c\`id\`;d`] }),
    exit: 2,
    code: 'TAG_OUTSIDE_SCHEME',
  },
  {
    title: 'a Cyrillic letter that looks like a Latin one',
    step: 'tag',
    inputs: () => ({ action: 'parse', subjects: ['dеv-v1.0-1'] }),
    exit: 2,
    code: 'TAG_OUTSIDE_SCHEME',
  },
  {
    title: 'workflow commands as a tag',
    step: 'tag',
    inputs: () => ({ action: 'parse', subjects: ['::set-output name=x::y'] }),
    exit: 2,
    code: 'TAG_OUTSIDE_SCHEME',
  },
  {
    title: 'a directory is built',
    step: 'build',
    inputs: () => ({ context: 'app', to: 'oci:made:dev-v1.0-9', revision: '', source: '' }),
    exit: 0,
    outputs: { image: 'oci:made:dev-v1.0-9' },
  },
  {
    title: 'labels with quotes, $(id) and unicode',
    step: 'build',
    inputs: () => ({ context: 'app', to: 'oci:made:dev-v1.0-10', labels: { quote: `it's "here"`, command: '$(id) `id` ${HOME}', name: '船舶 größe' } }),
    exit: 0,
  },
  { title: 'two platforms', step: 'build', inputs: () => ({ context: 'app', to: 'oci:made:dev-v1.0-11', platforms: ['linux/amd64', 'linux/arm64'] }), exit: 0 },
  { title: 'a platform that is none', step: 'build', inputs: () => ({ context: 'app', to: 'oci:made:dev-v1.0-12', platforms: ['linux'] }), exit: 2 },
  { title: 'a directory that is not there', step: 'build', inputs: () => ({ context: 'nowhere', to: 'oci:made:dev-v1.0-13' }), exit: 2 },
  {
    title: 'a layout is pushed',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:dev-v1.0-3', to: `${repo(world)}:dev-v1.0-3` }),
    exit: 0,
    outputs: { changed: true, tag: 'dev-v1.0-3' },
  },
  {
    title: 'the same again',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:dev-v1.0-3', to: `${repo(world)}:dev-v1.0-3` }),
    exit: 0,
    outputs: { changed: false },
  },
  {
    title: 'a tag that names another image',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:other', to: `${repo(world)}:dev-v1.0-1` }),
    exit: 8,
    code: 'TAG_TAKEN',
  },
  {
    title: 'a build that goes backwards',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:other', to: `${repo(world)}:dev-v1.1-1` }),
    exit: 8,
    code: 'BUILD_BACKWARDS',
  },
  {
    title: 'a tag outside the scheme is not pushed',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:same', to: `${repo(world)}:latest` }),
    exit: 2,
    code: 'TAG_OUTSIDE_SCHEME',
  },
  {
    title: 'unless told',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:same', to: `${repo(world)}:latest`, anyTag: true }),
    exit: 0,
    outputs: { changed: true },
  },
  { title: 'no such image', step: 'push', inputs: (world) => ({ image: 'oci:out:absent', to: `${repo(world)}:dev-v1.0-4` }), exit: 2, code: 'IMAGE_NOT_FOUND' },
  {
    title: 'a digest as it must not be',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out@sha256:../../etc', to: `${repo(world)}:dev-v1.0-4` }),
    exit: 2,
    code: 'REFERENCE_INVALID',
  },
  {
    title: 'a registry that is down',
    step: 'verify',
    inputs: () => ({ image: '127.0.0.1:1/team/hello:dev-v1.0-1', publicKey: 'signer.pub', timeout: '20s' }),
    exit: 5,
    code: 'REGISTRY_UNAVAILABLE',
  },
  {
    title: 'no credentials',
    step: 'push',
    inputs: (world) => ({ image: 'oci:out:dev-v1.0-3', to: `${world.closed}/team/hello:dev-v1.0-3` }),
    exit: 4,
    code: 'AUTH_REQUIRED',
  },
  {
    title: 'wrong credentials',
    step: 'push',
    inputs: (world) => ({
      image: 'oci:out:dev-v1.0-3',
      to: `${world.closed}/team/hello:dev-v1.0-3`,
      registryUsername: 'robot$pay+ci',
      registryPassword: 'not-the-password',
    }),
    exit: 4,
    code: 'AUTH_DENIED',
  },
  {
    title: 'the right ones',
    step: 'push',
    inputs: (world) => ({
      image: 'oci:out:dev-v1.0-3',
      to: `${world.closed}/team/hello:dev-v1.0-3`,
      registryUsername: 'robot$pay+ci',
      registryPassword: CANARY,
    }),
    exit: 0,
  },
  {
    title: 'signed',
    step: 'sign',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-2`, key: PLAIN_KEY }),
    variables: { SOURCE_DATE_EPOCH: '0' },
    exit: 0,
    outputs: { changed: true },
  },
  { title: 'signed already', step: 'sign', inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-2`, key: PLAIN_KEY }), exit: 0, outputs: { changed: false } },
  {
    title: 'the wrong password',
    step: 'sign',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, key: ENCRYPTED_KEY, keyPassword: 'not-the-password' }),
    exit: 2,
    code: 'KEY_PASSWORD_WRONG',
  },
  {
    title: 'an encrypted key',
    step: 'sign',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, key: ENCRYPTED_KEY, keyPassword: KEY_PASSWORD }),
    variables: { SOURCE_DATE_EPOCH: '0' },
    exit: 0,
  },
  {
    title: 'a key that is none',
    step: 'sign',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, key: '-----BEGIN GARBAGE-----\nAAAA\n-----END GARBAGE-----\n' }),
    exit: 2,
    code: 'KEY_UNREADABLE',
  },
  {
    title: 'verified',
    step: 'verify',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, publicKey: 'signer.pub' }),
    exit: 0,
    outputs: { verified: true },
  },
  {
    title: 'not signed by that key',
    step: 'verify',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, publicKey: 'other.pub' }),
    exit: 6,
    code: 'SIGNATURE_INVALID',
  },
  { title: 'not signed at all', step: 'verify', inputs: () => ({ image: 'oci:out:other', publicKey: 'signer.pub' }), exit: 6, code: 'SIGNATURE_MISSING' },
  { title: 'no key to verify with', step: 'verify', inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1` }), exit: 2, code: 'INPUT_INVALID' },
  {
    title: 'a promotion is planned',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'staging', publicKey: 'signer.pub' }),
    exit: 0,
    outputs: { changed: false, applied: false },
  },
  {
    title: 'a wrong boolean',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'staging', apply: 'yes' }),
    exit: 2,
    code: 'INPUT_INVALID',
    says: ['neither true nor false'],
  },
  {
    title: 'promoted',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'staging', publicKey: 'signer.pub', apply: true }),
    exit: 0,
    outputs: { changed: true },
  },
  {
    title: 'promoted already',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'staging', publicKey: 'signer.pub', apply: true }),
    exit: 0,
    outputs: { changed: false },
  },
  {
    title: 'an environment is left out',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-2`, to: 'prod', apply: true }),
    exit: 7,
    code: 'GATE_CLOSED',
  },
  {
    title: 'what is not signed is not promoted',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-3`, to: 'staging', publicKey: 'other.pub', apply: true }),
    exit: 6,
  },
  {
    title: 'an environment misspelt',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'stagging' }),
    exit: 2,
    code: 'INPUT_INVALID',
    says: ['Did you mean staging?'],
  },
  { title: 'an input that is missing', step: 'promote', inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1` }), exit: 2, code: 'INPUT_INVALID' },
  { title: 'an empty text is no input', step: 'promote', inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: '' }), exit: 2, code: 'INPUT_INVALID' },
  {
    title: 'an input that is unknown',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'staging', aply: 'true' }),
    exit: 2,
    code: 'INPUT_INVALID',
  },
  { title: 'a line break where there can be none', step: 'promote', inputs: () => ({ image: 'a\nb', to: 'staging' }), exit: 2, code: 'INPUT_INVALID' },
  {
    title: 'many bad inputs at once',
    step: 'promote',
    inputs: () => ({ image: 'UPPER/Case:tag', to: 'nowhere', apply: 'maybe', timeout: 'soon' }),
    exit: 2,
    code: 'INPUT_INVALID',
    says: ['4 inputs of promote'],
  },
  {
    title: 'a value from the environment',
    step: 'promote',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1` }),
    variables: { FERRY_TO: 'staging' },
    exit: 0,
    outputs: { changed: false },
  },
  {
    title: 'an image is copied to a layout with its signature',
    step: 'copy',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'oci:copied' }),
    exit: 0,
    outputs: { changed: true, tags: 1 },
  },
  {
    title: 'copied again: no work',
    step: 'copy',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1`, to: 'oci:copied' }),
    exit: 0,
    outputs: { changed: false },
  },
  {
    title: 'a copy under a tag that names another image',
    step: 'copy',
    inputs: (world) => ({ image: 'oci:out:other', to: `${repo(world)}:dev-v1.0-1`, move: true }),
    exit: 8,
    code: 'TAG_TAKEN',
  },
  {
    title: 'a copy of platforms without saying how',
    step: 'copy',
    inputs: () => ({ image: 'oci:out:other', to: 'oci:copied:x', platforms: ['linux/amd64'] }),
    exit: 2,
    code: 'INPUT_INVALID',
  },
  {
    title: 'all tags of a layout',
    step: 'copy',
    inputs: () => ({ image: 'oci:out', to: 'oci:copied', allTags: true, withoutReferrers: true }),
    exit: 0,
    outputs: { image: '', digest: '' },
  },
  {
    title: 'an image is inspected',
    step: 'inspect',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1` }),
    exit: 0,
    outputs: { layers: 1 },
  },
  { title: 'inspecting what is not there', step: 'inspect', inputs: () => ({ image: 'oci:out:dev-v1.0-99' }), exit: 2, code: 'IMAGE_NOT_FOUND' },
  {
    title: 'tags are listed in the order of the scheme',
    step: 'list',
    inputs: () => ({ repository: 'oci:out' }),
    exit: 0,
    outputs: { count: 5, newest: 'dev-v1.0-3', tags: ['dev-v1.0-1', 'dev-v1.0-2', 'dev-v1.0-3'] },
  },
  {
    title: 'tags of an environment that is not declared',
    step: 'list',
    inputs: () => ({ repository: 'oci:out', environment: 'production' }),
    exit: 2,
    code: 'INPUT_INVALID',
  },
  {
    title: 'a whole pipeline',
    step: 'run',
    inputs: () => ({ version: 'v2.0' }),
    variables: { SOURCE_DATE_EPOCH: '0' },
    exit: 0,
    outputs: { steps: ['build', 'push', 'sign', 'promote'] },
  },
  {
    title: 'an image is checked',
    step: 'check',
    inputs: (world) => ({ image: `${repo(world)}:dev-v1.0-1` }),
    exit: 0,
    outputs: { images: 1, bytes: 0 },
  },
  {
    title: 'every image of a layout is checked byte by byte',
    step: 'check',
    inputs: () => ({ image: 'oci:out', allTags: true, deep: true }),
    exit: 0,
    outputs: { images: 5, digest: '' },
  },
  {
    title: 'a layer is missing',
    step: 'check',
    inputs: () => ({ image: 'oci:torn:dev-v1.0-1' }),
    exit: 6,
    code: 'CONTENT_MISSING',
    says: ['1 missing', 'ferry repair'],
  },
  { title: 'a repository is no image', step: 'check', inputs: () => ({ image: 'oci:out' }), exit: 2, code: 'INPUT_INVALID', says: ['all-tags'] },
  { title: 'nothing to mend from', step: 'repair', inputs: () => ({ image: 'oci:torn:dev-v1.0-1' }), exit: 2, code: 'INPUT_INVALID', says: ['from'] },
  {
    title: 'a repair is planned',
    step: 'repair',
    inputs: () => ({ image: 'oci:torn:dev-v1.0-1', from: ['oci:out'] }),
    exit: 0,
    outputs: { faults: 1, mended: 0, changed: false, applied: false },
  },
  {
    title: 'nobody has what is missing',
    step: 'repair',
    inputs: () => ({ image: 'oci:torn:dev-v1.0-1', from: ['oci:torn'] }),
    exit: 6,
    code: 'CONTENT_MISSING',
  },
  {
    title: 'nobody has it, and it was to be applied',
    step: 'repair',
    inputs: () => ({ image: 'oci:torn:dev-v1.0-1', from: ['oci:torn'], apply: true }),
    exit: 3,
    code: 'PARTLY_DONE',
  },
  {
    title: 'repaired, from the second place',
    step: 'repair',
    inputs: (world) => ({ image: 'oci:torn:dev-v1.0-1', from: ['oci:torn', repo(world)], apply: true }),
    exit: 0,
    outputs: { faults: 1, mended: 1, changed: true, applied: true },
  },
  {
    title: 'repaired already',
    step: 'repair',
    inputs: (world) => ({ image: 'oci:torn:dev-v1.0-1', from: ['oci:torn', repo(world)], apply: true }),
    exit: 0,
    outputs: { faults: 0, mended: 0, changed: false },
  },
  {
    title: 'a deletion is planned',
    step: 'delete',
    inputs: () => ({ images: ['oci:torn:same', 'oci:torn:other'] }),
    exit: 0,
    outputs: { planned: 2, removed: 0, changed: false, applied: false },
  },
  {
    title: 'an image that has names is not deleted',
    step: 'delete',
    inputs: (world) => ({ images: [`oci:torn@${world.image}`], apply: true }),
    exit: 2,
    code: 'UNSUPPORTED',
    says: ['dev-v1.0-1, dev-v1.0-3, same'],
  },
  {
    title: 'tags are deleted',
    step: 'delete',
    inputs: () => ({ images: ['oci:torn:same', 'oci:torn:other'], apply: true }),
    exit: 0,
    outputs: { removed: 2, changed: true },
  },
  {
    title: 'deleted already',
    step: 'delete',
    inputs: () => ({ images: ['oci:torn:same', 'oci:torn:other'], apply: true }),
    exit: 0,
    outputs: { planned: 0, removed: 0, changed: false },
  },
  {
    title: 'an image is deleted with its names and signatures',
    step: 'delete',
    inputs: (world) => ({ images: [`${repo(world)}@${world.image}`], withTags: true, apply: true }),
    exit: 0,
    outputs: { changed: true },
  },
  { title: 'a whole repository is not deleted', step: 'delete', inputs: (world) => ({ images: [repo(world)], apply: true }), exit: 2, code: 'INPUT_INVALID' },
  { title: 'nothing to delete', step: 'delete', inputs: () => ({ images: [] }), exit: 2, code: 'INPUT_INVALID' },
  {
    title: 'two names of one image do not differ',
    step: 'diff',
    inputs: (world) => ({ left: 'oci:out:dev-v1.0-1', right: `oci:out@${world.image}`, failOnDifference: true }),
    exit: 0,
    outputs: { same: true, differences: 0 },
  },
  {
    title: 'images differ in a label',
    step: 'diff',
    inputs: () => ({ left: 'oci:out:dev-v1.0-1', right: 'oci:out:dev-v1.0-2' }),
    exit: 0,
    outputs: { same: false, packages: 0 },
  },
  {
    title: 'images that must not differ',
    step: 'diff',
    inputs: () => ({ left: 'oci:out:dev-v1.0-1', right: 'oci:out:dev-v1.0-2', failOnDifference: true }),
    exit: 10,
    code: 'DIFFERENT',
  },
  {
    title: 'an image to differ from that is not there',
    step: 'diff',
    inputs: () => ({ left: 'oci:out:dev-v1.0-1', right: 'oci:out:absent' }),
    exit: 2,
    code: 'IMAGE_NOT_FOUND',
  },
  {
    title: 'cancelled',
    step: 'push',
    inputs: () => ({ image: 'oci:out:dev-v1.0-3', to: 'SILENT/team/hello:dev-v1.0-3' }),
    exit: 130,
    code: 'INTERRUPTED',
    interruptAfter: 2500,
  },
]

/** Rows that every step has without anybody writing them: a new step is in the suite as soon as it exists. */
export function rowsOfEvery(steps: readonly AnyStep[]): readonly Row[] {
  return steps.flatMap((step): Row[] => {
    const required = Object.values(step.inputs).filter((field) => field.required)
    return [
      { title: `${step.name}: an input that it does not have`, step: step.name, inputs: () => ({ unheardOf: 'x' }), exit: 2, code: 'INPUT_INVALID' },
      ...(required.length === 0
        ? []
        : [
            {
              title: `${step.name}: nothing given`,
              step: step.name,
              inputs: () => ({}),
              variables: { FERRY_CONFIG: 'empty.yaml' },
              exit: 2,
              code: 'INPUT_INVALID',
            } as const,
          ]),
    ]
  })
}
