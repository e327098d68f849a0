/** tekton-tasks/<step>/<minor>/: Task, StepAction, README and a sample TaskRun of every step. */
import { PRODUCT } from '../../kit/product.ts'
import { inputsOf } from '../../step/common-inputs.ts'
import { kebab } from '../../step/names.ts'
import type { AnyStep } from '../../step/step.ts'
import { generatedNote, type HostFiles, type Problem, textProblems } from '../host-files.ts'
import { yamlText } from '../yaml.ts'
import { readme, sampleRun } from './pages.ts'
import { stepAction } from './step-action.ts'
import { task } from './task.ts'

/** Bytes. All results of a step share 4,096 bytes of termination message, keys and JSON included; this is what is safe. */
const RESULT_BUDGET = 3000

export const MINOR = PRODUCT.version.split('.').slice(0, 2).join('.')

export const tektonFiles: HostFiles = {
  name: 'tekton',
  check(step) {
    const problems: Problem[] = [...textProblems(step)]
    const names = Object.keys(inputsOf(step)).map((name) => kebab(name))
    const size = Object.values(step.outputs).reduce((sum, output) => sum + output.most, 0)
    const made = 'image' in step.outputs && 'digest' in step.outputs ? 740 : 0
    if (size + made > RESULT_BUDGET) problems.push({ step: step.name, message: `results may take ${size + made} bytes, more than ${RESULT_BUDGET}` })
    if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) problems.push({ step: step.name, message: 'two params differ only in case' })
    return problems
  },
  files: (steps) => steps.flatMap((step) => filesOf(step)),
}

function filesOf(step: AnyStep): { path: string; text: string }[] {
  const folder = `tekton-tasks/${step.name}/${MINOR}`
  const note = generatedNote('#', `src/steps/${step.name}.ts`)
  return [
    { path: `${folder}/ferry-${step.name}.yaml`, text: note + yamlText(task(step)) },
    { path: `${folder}/ferry-${step.name}-stepaction.yaml`, text: note + yamlText(stepAction(step)) },
    { path: `${folder}/README.md`, text: readme(step) },
    { path: `${folder}/samples/taskrun.yaml`, text: note + yamlText(sampleRun(step)) },
  ]
}
