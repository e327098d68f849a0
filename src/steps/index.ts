// Printed by `npm run generate` from the modules beside it. Edit that, not this.
/** Every step: its summary at hand, the step itself when it is wanted. */
import type { AnyStep } from '../step/step.ts'

export const STEPS = {
  build: {
    summary: 'Make an image out of a directory: no daemon, no root, the same bytes every time',
    load: async (): Promise<AnyStep> => (await import('./build.ts')).build,
  },
  check: {
    summary: 'Check that an image is whole where it is: every platform, blob and attachment; deep reads and hashes each byte',
    load: async (): Promise<AnyStep> => (await import('./check.ts')).check,
  },
  copy: {
    summary: 'Copy an image, or all tags of a repository, to any other place; nothing is rewritten',
    load: async (): Promise<AnyStep> => (await import('./copy.ts')).copy,
  },
  delete: {
    summary: 'Delete tags, or images by digest with what is attached to them; nothing that another tag can reach',
    load: async (): Promise<AnyStep> => (await import('./delete.ts')).delete,
  },
  diff: {
    summary: 'Show in what two images differ: platforms, config, layers, annotations, attachments, and packages where both have an SBOM',
    load: async (): Promise<AnyStep> => (await import('./diff.ts')).diff,
  },
  inspect: {
    summary: 'Show what an image is: platforms, config, layers with sizes, annotations, and what is attached to it',
    load: async (): Promise<AnyStep> => (await import('./inspect.ts')).inspect,
  },
  list: {
    summary: 'List the tags of a repository: by environment, version and build, the others after them',
    load: async (): Promise<AnyStep> => (await import('./list.ts')).list,
  },
  promote: {
    summary: 'Give an image its next environment: same digest, evidence included',
    load: async (): Promise<AnyStep> => (await import('./promote.ts')).promote,
  },
  push: {
    summary: 'Push an image under a tag of the scheme, with everything attached to it, and never move a tag',
    load: async (): Promise<AnyStep> => (await import('./push.ts')).push,
  },
  repair: {
    summary: 'Bring back what an image lacks or has damaged, by digest, from places that have it; no tag is touched',
    load: async (): Promise<AnyStep> => (await import('./repair.ts')).repair,
  },
  run: {
    summary: 'Run the pipeline of ferry.yaml: build, push, sign, verify, promote in the order given there',
    load: async (): Promise<AnyStep> => (await import('./run.ts')).run,
  },
  sign: {
    summary: 'Sign an image with a key: a Sigstore bundle attached to its digest, readable by cosign',
    load: async (): Promise<AnyStep> => (await import('./sign.ts')).sign,
  },
  tag: {
    summary: 'Read, write, sort and count tags of the form <env>-<version>-<build>',
    load: async (): Promise<AnyStep> => (await import('./tag.ts')).tag,
  },
  verify: {
    summary: 'Verify that an image is signed by one of the keys; fails when it is not proven',
    load: async (): Promise<AnyStep> => (await import('./verify.ts')).verify,
  },
} as const
