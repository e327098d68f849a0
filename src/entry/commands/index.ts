// Printed by `npm run generate` from the modules beside it. Edit that, not this.
/** Commands of the command line that are no pipeline steps. */
import type { AnyStep } from '../../step/step.ts'

export const COMMANDS = {
  'config show': {
    summary: 'Show the value of every input of a step and, with --origin, where it comes from',
    load: async (): Promise<AnyStep> => (await import('./config-show.ts')).configShowCommand,
  },
  'key create': {
    summary: 'Make a key pair for signing: P-256, the private key encrypted in the form that cosign reads',
    load: async (): Promise<AnyStep> => (await import('./key-create.ts')).keyCreateCommand,
  },
  'registry gc': {
    summary: 'Free the space of content that nothing names any more, in an OCI layout or a directory of registry serve',
    load: async (): Promise<AnyStep> => (await import('./registry-gc.ts')).registryGcCommand,
  },
  'registry serve': {
    summary: 'Serve a directory of OCI layouts as a registry, on loopback unless told otherwise',
    load: async (): Promise<AnyStep> => (await import('./registry-serve.ts')).registryServeCommand,
  },
} as const
