/** run: the pipeline of ferry.yaml, step by step. What a step made is what the next one works on. */
import { join } from 'node:path'
import { asFailure, Failure } from '../kit/failure.ts'
import { formatDuration } from '../kit/units.ts'
import type { Context } from '../step/context.ts'
import { field, type Raw } from '../step/field.ts'
import { out } from '../step/output.ts'
import type { PipelineEntry } from '../step/settings/settings.ts'
import { defineStep } from '../step/step.ts'

export const run = defineStep({
  name: 'run',
  summary: 'Run the pipeline of ferry.yaml: build, push, sign, verify, promote in the order given there',
  details:
    'Each step works on the image that the step before it made, unless `with` says otherwise. The first step that fails ends the run; running again finishes it.',
  since: '0.1.0',
  chinese: { title: '运行流水线', summary: '按 ferry.yaml 中的顺序运行构建、推送、签名、验证与晋级' },
  needs: ['registry', 'files', 'signing-key'],
  inputs: {
    version: field.text({ about: 'Version, for every step that takes one', example: 'v1.2', optional: true }),
    environment: field.environment({ about: 'Environment to push to', example: 'dev', optional: true, flag: 'env' }),
    apply: field.switch({ about: 'Carry out what steps otherwise only plan' }),
    key: field.privateKey({ about: 'The private key that signs', example: './signer.key', optional: true, setting: 'keys.sign' }),
    keyPassword: field.secret({ about: 'Password of the private key', optional: true }),
  },
  outputs: {
    image: out.image({ about: 'The image as the last step left it' }),
    digest: out.digest({ about: 'Its digest' }),
    steps: out.list({ about: 'The steps that ran' }),
  },
  examples: [{ title: 'The whole pipeline', inputs: { version: 'v1.2', apply: true } }],

  async run({ version, environment, apply, key, keyPassword }, context) {
    const { settings, log } = context
    if (settings.pipeline.length === 0) {
      throw new Failure('CONFIG_INVALID', settings.file === undefined ? 'there is no ferry.yaml here' : `${settings.file} has no pipeline`, {
        hint: 'Write ferry.yaml with a `pipeline:` list, or name another file with config.',
      })
    }
    const given: Record<string, Raw | undefined> = { version, environment, ...(apply ? { apply: 'true' } : {}) }
    const secrets: Record<string, Raw | undefined> = { key: key?.reveal(), keyPassword: keyPassword?.reveal() }
    let made: Made = {}
    const rows: string[][] = []
    for (const entry of settings.pipeline) {
      const started = performance.now()
      log.info('step', { name: entry.step })
      const outputs = await runEntry(entry, entry.step === 'sign' ? { ...given, ...secrets } : given, made, context)
      made = {
        image: typeof outputs['image'] === 'string' ? outputs['image'] : made.image,
        digest: typeof outputs['digest'] === 'string' ? outputs['digest'] : made.digest,
      }
      rows.push([entry.step, made.image ?? '', made.digest ?? '', formatDuration(performance.now() - started)])
    }
    context.show({
      name: 'pipeline',
      data: rows.map(([step, image, digest]) => ({ step, image, digest })),
      title: 'Pipeline',
      tables: [{ columns: ['step', 'image', 'digest', 'took'], rows }],
    })
    return { image: made.image ?? '', digest: made.digest ?? '', steps: settings.pipeline.map((entry) => entry.step) }
  },
})

interface Made {
  readonly image?: string | undefined
  readonly digest?: string | undefined
}

async function runEntry(entry: PipelineEntry, given: Readonly<Record<string, Raw | undefined>>, made: Made, context: Context) {
  if (entry.step === 'run') throw new Failure('CONFIG_INVALID', 'a pipeline cannot run itself', { hint: 'Take `run` out of `pipeline` in ferry.yaml.' })
  const step = await context.step(entry.step)
  const standing: Record<string, Raw | undefined> = {
    ...given,
    ...(made.image === undefined ? {} : { image: made.image }),
    ...(entry.step === 'build' ? { to: `oci:${join(context.settings.directory, '.ferry', 'build')}:candidate` } : {}),
  }
  const inputs: Record<string, Raw> = { ...entry.with }
  for (const name of step.inputs) {
    const value = standing[name]
    if (value !== undefined && inputs[name] === undefined) inputs[name] = value
  }
  try {
    return await step.run(inputs)
  } catch (error) {
    const failure = asFailure(error)
    throw new Failure(failure.code, `step ${entry.step}: ${failure.message}`, { ...failure.parts, facts: { ...failure.facts, step: entry.step } })
  }
}
