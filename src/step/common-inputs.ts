/** Inputs that steps share by what they need, so that they mean and are spelt the same everywhere. */
import { field } from './field.ts'
import type { AnyStep, Inputs, Need } from './step.ts'

const ALWAYS: Inputs = {
  config: field.file({ about: 'The ferry.yaml to use; ./ferry.yaml when there is one', example: 'ferry.yaml', optional: true }),
  timeout: field.duration({ about: 'How long the step may take', example: '10m', optional: true }),
}

const BY_NEED: Record<Need, Inputs> = {
  registry: {
    registryUsername: field.text({
      about: 'User for the registry that the step writes to, or else for that of the image; otherwise the docker configuration is asked',
      example: 'robot$pay+ci',
      optional: true,
    }),
    registryPassword: field.secret({ about: 'Password or token of that user', optional: true }),
    plainHttp: field.list({
      about: 'Registry hosts that may be asked without TLS; loopback always may',
      example: 'registry.lan:5000',
      setting: 'registry.plainHttp',
    }),
    caFile: field.file({
      about: 'PEM file with certificates of authorities to trust besides the usual ones',
      example: 'ca.pem',
      optional: true,
      setting: 'registry.caFile',
    }),
  },
  files: {},
  'signing-key': {},
}

/** Inputs that a step started by another one has in common with it. */
export const INHERITED: readonly string[] = [...Object.keys(BY_NEED.registry), 'config']

/** All inputs of a step: its own, then those it shares. */
export function inputsOf(step: Pick<AnyStep, 'inputs' | 'needs'>): Inputs {
  return Object.assign({}, step.inputs, ...step.needs.map((need) => BY_NEED[need]), ALWAYS) as Inputs
}
