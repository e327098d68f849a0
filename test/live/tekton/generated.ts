/** The generated documents of a step, as they are on disk. */
import { MINOR } from '../../../src/hosts/tekton/files.ts'
import { readResource, type StepActionSpec, type TaskSpec } from './resources.ts'

export function taskOf(step: string): TaskSpec {
  return readResource<TaskSpec>(`tekton-tasks/${step}/${MINOR}/ferry-${step}.yaml`).spec
}

export function stepActionOf(step: string): StepActionSpec {
  return readResource<StepActionSpec>(`tekton-tasks/${step}/${MINOR}/ferry-${step}-stepaction.yaml`).spec
}
