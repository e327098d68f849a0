/** What the generator prints for Tekton now, whatever is on disk, and what was written by hand beside it. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { tektonFiles } from '../../../src/hosts/tekton/files.ts'
import type { AnyStep } from '../../../src/step/step.ts'
import { STEPS } from '../../../src/steps/index.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

interface Document {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: Spec
}

interface Spec {
  readonly description?: string
  readonly params?: readonly { readonly name: string; readonly type?: string; readonly description?: string; readonly default?: unknown }[]
  readonly workspaces?: readonly { readonly name: string; readonly optional?: boolean; readonly description?: string }[]
  readonly results?: readonly { readonly name: string; readonly type?: string; readonly description?: string }[]
  readonly steps?: readonly Container[]
  readonly tasks?: readonly PipelineTask[]
  readonly finally?: readonly PipelineTask[]
}

interface PipelineTask {
  readonly name: string
  readonly taskSpec?: Spec
}

export interface Container {
  readonly name?: string
  readonly ref?: object
  readonly image: string
  readonly script?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[]
  readonly computeResources?: { readonly requests?: object }
  readonly securityContext?: object
}

export interface File {
  readonly path: string
  readonly text: string
  readonly document: Document
}

export const steps: readonly AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))

const fileOf = (path: string, text: string): File => ({ path, text, document: load(text) as Document })

export const generated: readonly File[] = tektonFiles
  .files(steps)
  .filter(({ path }) => path.endsWith('.yaml'))
  .map(({ path, text }) => fileOf(path, text))

export const ofKind = (kind: string): readonly File[] => generated.filter(({ document }) => document.kind === kind)

export const pipelines: readonly File[] = globSync('tekton-tasks/pipelines/*.yaml', { cwd: ROOT }).map((path) =>
  fileOf(path, readFileSync(join(ROOT, path), 'utf8')),
)

/** The containers of a Task, and the one that a StepAction is. */
export function containersOf({ document }: File): readonly Container[] {
  if (document.kind === 'StepAction') return [document.spec as Spec & Container]
  const inner = [...(document.spec.tasks ?? []), ...(document.spec.finally ?? [])].flatMap((task) => task.taskSpec?.steps ?? [])
  return [...(document.spec.steps ?? []), ...inner].filter((step) => step.ref === undefined)
}

export const fileName = ({ path }: File): string => basename(path, '.yaml')
