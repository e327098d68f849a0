/** ferry config show: the inputs of a step and where each value comes from. */
import { inputsOf } from '../../step/common-inputs.ts'
import { field } from '../../step/field.ts'
import { originOf } from '../../step/inputs.ts'
import { kebab } from '../../step/names.ts'
import { out } from '../../step/output.ts'
import { defineStep } from '../../step/step.ts'
import { loadStep } from '../machine.ts'

export const configShowCommand = defineStep({
  name: 'config show',
  summary: 'Show the value of every input of a step and, with --origin, where it comes from',
  since: '0.1.0',
  chinese: { title: '查看配置', summary: '显示步骤每个输入的取值及其来源' },
  needs: [],
  inputs: {
    step: field.text({ about: 'The step', example: 'push', positional: true, fallback: 'run' }),
    origin: field.switch({ about: 'Also say where each value comes from' }),
  },
  outputs: { file: out.file({ about: 'The ferry.yaml that was read; empty when there is none' }) },
  examples: [{ title: 'Where the inputs of push come from', inputs: { step: 'push', origin: true } }],

  async run({ step: name, origin }, { settings, show }) {
    const step = await loadStep(name)
    const variable = (wanted: string): string | undefined => process.env[wanted] || undefined
    const nobody = { name: 'terminal', facts: {}, read: () => undefined, strangers: () => [], spell: (input: string) => input, variable } as const
    const found = Object.entries(inputsOf(step)).map(([input, about]) => {
      const { kind, at, raw } = originOf(step, input, about, nobody, settings)
      const shown = raw === undefined ? '' : about.shape === 'secret' && about.word === 'secret' ? '***' : [raw].flat().join(' ')
      return { input: kebab(input), value: shown.includes('-----BEGIN') ? '***' : shown, from: kind === 'none' ? '' : kind, at }
    })
    show({
      name: 'inputs',
      data: origin ? found : found.map(({ input, value }) => ({ input, value })),
      title: `Inputs of ${name}`,
      tables: [
        origin
          ? { columns: ['input', 'value', 'from', 'name there'], rows: found.map(({ input, value, from, at }) => [input, value, from, at]) }
          : { columns: ['input', 'value'], rows: found.map(({ input, value }) => [input, value]) },
      ],
    })
    return { file: settings.file ?? '' }
  },
})
