/** Which files a host is given: pure, definitions in, files out. Thin shells only; logic is never generated. */
import type { AnyStep } from '../step/step.ts'

export interface GeneratedFile {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly text: string
}

/** A rule of the host that a definition breaks. */
export interface Problem {
  readonly step: string
  readonly message: string
}

export interface HostFiles {
  readonly name: string
  check(step: AnyStep): readonly Problem[]
  files(steps: readonly AnyStep[]): readonly GeneratedFile[]
}

/** First lines of a generated file; `comment` begins a comment of its language. */
export function generatedNote(comment: string, source: string): string {
  return `${comment} Printed by \`npm run generate\` from ${source}. Edit that, not this.\n`
}

/** Texts that a template language of some host would take for its own. */
export function textProblems(step: AnyStep): readonly Problem[] {
  const texts = [
    step.summary,
    step.details ?? '',
    ...Object.values(step.inputs).flatMap((field) => [field.about, field.example ?? '']),
    ...Object.values(step.outputs).map((output) => output.about),
  ]
  return ['${{', '$(', '<<', '{{'].flatMap((mark) =>
    texts.filter((text) => text.includes(mark)).map((text) => ({ step: step.name, message: `"${text}" contains ${mark}` })),
  )
}
