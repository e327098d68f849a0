/** ferry registry gc: frees the space of content that nothing names any more, in a layout or a directory of `registry serve`. */
import { Failure } from '../../kit/failure.ts'
import { collectLayout } from '../../registry/target/layout/gc/collect.ts'
import { layoutsIn, removeUploads, staleUploads } from '../../registry/target/layout/gc/directory.ts'
import type { Garbage } from '../../registry/target/layout/gc/garbage.ts'
import { type Survey, surveyLayout } from '../../registry/target/layout/gc/survey.ts'
import { field } from '../../step/field.ts'
import { out } from '../../step/output.ts'
import { defineStep } from '../../step/step.ts'
import { type GarbageRow, shownGarbage } from '../garbage-report.ts'

export const registryGcCommand = defineStep({
  name: 'registry gc',
  summary: 'Free the space of content that nothing names any more, in an OCI layout or a directory of registry serve',
  details:
    'Shows what would go; apply carries it out. Kept is everything that index.json mentions, everything those documents mention, whatever is attached to any of it, and everything younger than older-than, since a push that is under way names it last. A layout of which one manifest cannot be read is left alone. Others may push meanwhile.',
  since: '0.1.0',
  chinese: { title: '清理镜像仓库', summary: '释放 OCI layout 或 registry serve 目录中不再被引用的内容所占空间' },
  needs: [],
  inputs: {
    directory: field.directory({ about: 'The layout, or the directory that registry serve is started with', example: './reg', positional: true }),
    olderThan: field.duration({ about: 'Only what nobody has written or wanted for so long; longer than any push takes', example: '24h', fallback: '24h' }),
    apply: field.switch({ about: 'Carry the plan out; without it the plan is only shown' }),
  },
  outputs: {
    files: out.number({ about: 'Files that were removed, or would be' }),
    bytes: out.number({ about: 'Bytes that were freed, or would be' }),
    applied: out.switch({ about: 'Whether the plan was carried out' }),
  },
  examples: [
    { title: 'What would go', inputs: { directory: './reg' } },
    { title: 'Carried out', inputs: { directory: './reg', olderThan: '48h', apply: true } },
  ],

  async run({ directory, olderThan, apply }, { call, log, show }) {
    const surveys: Survey[] = []
    for (const layout of await layoutsIn(directory)) surveys.push(await surveyLayout(layout, olderThan, call))
    const uploads = await staleUploads(directory, olderThan)
    const gone: GarbageRow[] = []
    const add = (name: string, garbage: readonly Garbage[]): void => void gone.push(...garbage.map((one) => ({ name, ...one })))
    try {
      for (const survey of surveys) add(survey.name, apply ? await collectLayout(survey, olderThan, call) : survey.garbage)
      add(directory, apply ? await removeUploads(directory, uploads, olderThan) : uploads)
    } finally {
      // Also of a run that was stopped: what went is gone.
      show(shownGarbage(surveys, gone, apply))
    }
    const refused = surveys.flatMap(({ name, refused: why }) => (why ? [{ name, why }] : []))
    for (const { name, why } of refused) log.warn('left alone', { layout: name, why: why.message })
    const [first] = refused
    if (first) {
      throw new Failure('CONTENT_INVALID', `${refused.length} of ${surveys.length} layouts cannot be understood, and nothing was removed there`, {
        cause: first.why,
        hint: first.why.hint ?? 'Mend them, then collect again.',
        more: refused.slice(0, 20).map(({ why }) => why),
      })
    }
    return { files: gone.length, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0), applied: apply }
  },
})
