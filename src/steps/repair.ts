/** repair: bring back what an image lacks, by digest, from places that have it. */
import { Failure } from '../kit/failure.ts'
import { PRODUCT } from '../kit/product.ts'
import { changesNothing } from '../lifecycle/plan/plan.ts'
import { renderPlan } from '../lifecycle/plan/render-plan.ts'
import { planRepair } from '../lifecycle/repair/plan-repair.ts'
import type { Fault } from '../registry/copy/check.ts'
import { findSupply, mend, type Supply } from '../registry/copy/mend.ts'
import type { Digest } from '../registry/oci/digest.ts'
import { type Location, parseLocation, printLocation } from '../registry/target/location.ts'
import type { Source, Target } from '../registry/target/target.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { checkImages, type LostTag } from './parts/check-images.ts'
import { distinctFaults, partOf } from './parts/fault-table.ts'

export const repair = defineStep({
  name: 'repair',
  summary: 'Bring back what an image lacks or has damaged, by digest, from places that have it; no tag is touched',
  details:
    'Checks first, as ferry check does, and shows what would come from where; apply carries it out and checks again. Only bytes with the right digest are stored. Give deep to find damage in blobs of the right size. Some registries keep damaged bytes that they have; then only who runs the registry can mend it, and that is said.',
  since: '0.1.0',
  chinese: { title: '修复镜像', summary: '按摘要从其他位置补回镜像缺失或损坏的内容，绝不改动标签' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.place({
      about: 'The image to mend; only the repository together with all-tags',
      example: 'harbor.example.com/pay/api:prod-v1.2-1024',
      positional: true,
      writes: true,
    }),
    from: field.list({ about: 'Repositories or layouts that may have what is missing, asked in this order', example: 'oci:./backup' }),
    allTags: field.switch({ about: 'Mend every tag of the repository' }),
    deep: field.switch({ about: 'Read every blob and hash it first, so that damage is found too' }),
    apply: field.switch({ about: 'Carry the plan out; without it the plan is only shown' }),
  },
  outputs: {
    faults: out.number({ about: 'Parts that were missing or damaged' }),
    mended: out.number({ about: 'Parts that were stored' }),
    changed: out.switch({ about: 'Whether anything was stored' }),
    applied: out.switch({ about: 'Whether the plan was carried out' }),
  },
  examples: [
    { title: 'What would come from a backup', inputs: { image: 'harbor.example.com/pay/api:prod-v1.2-1024', from: ['oci:./backup'] } },
    { title: 'Carried out', inputs: { image: 'harbor.example.com/pay/api:prod-v1.2-1024', from: ['mirror.example.com/pay/api'], apply: true } },
  ],

  async run({ image, from, allTags, deep, apply }, context) {
    const { call, opener, show } = context
    if (from.length === 0)
      throw new Failure('INPUT_INVALID', 'from is missing: nothing says where the missing parts may come from', {
        hint: 'Name a repository or layout that has the image.',
      })
    const sources = from.map((text) => opener.open(parseLocation(text)).target)
    const { target, images, lost } = await checkImages(image, { allTags, deep }, context)
    const faults = distinctFaults(images).map(({ fault }) => fault)
    const supplies: Supply[] = []
    for (const fault of faults) supplies.push(await findSupply(fault, sources, call))
    const plan = planRepair({ tool: `${PRODUCT.name} ${PRODUCT.version}`, place: printLocation(image), supplies, partOf: ({ fault }) => partOf(fault) })
    const { title, actions, lines } = renderPlan(plan)
    const hopeless = lost.map(({ tag, why }) => `${tag} cannot be mended by digest: ${why}`)
    show({
      name: 'plan',
      data: plan,
      title,
      tables: faults.length === 0 ? [] : [actions],
      lines:
        faults.length === 0
          ? [...hopeless, lost.length === 0 ? 'Nothing is missing.' : 'Nothing else is missing.']
          : apply || changesNothing(plan)
            ? [...lines, ...hopeless]
            : [...lines, ...hopeless, 'Nothing was changed. Run again with apply to carry it out.'],
    })
    const found = { faults: faults.length, mended: 0, changed: false, applied: apply }
    if (!apply || faults.length + lost.length === 0) return requireHope(supplies, found, apply)
    const { mended, open, stubborn } = await carryOut({ image, allTags, deep, target, sources, faults, lost }, context)
    if (open.size === 0) return { ...found, mended: mended.size, changed: mended.size > 0 }
    throw new Failure('PARTLY_DONE', `${printLocation(image)} is still not whole: ${mended.size} parts were mended, ${open.size} were not`, {
      cause: [...open]
        .slice(0, 10)
        .map(([digest, why]) => `${digest}: ${why}`)
        .join('; '),
      hint: stubborn
        ? 'The registry keeps the damaged bytes that it has: only who runs it can remove them there. Then run the same command again.'
        : 'Name another place that has these parts, and run the same command again.',
      facts: { open: [...open.keys()].slice(0, 50), mended: mended.size },
    })
  },
})

/** A plan that could not help is no success. */
function requireHope<T>(supplies: readonly Supply[], found: T, apply: boolean): T {
  const hopeless = supplies.filter(({ from, fault }) => from === undefined || fault.kind === 'unknown')
  if (supplies.length === 0 || hopeless.length < supplies.length || apply) return found
  throw new Failure('CONTENT_MISSING', `none of the places that were named has any of the ${supplies.length} parts`, {
    hint: 'Name another place that has the image.',
    facts: { missing: hopeless.slice(0, 50).map(({ fault }) => fault.descriptor.digest) },
  })
}

interface Work {
  readonly image: Location
  readonly allTags: boolean
  readonly deep: boolean
  readonly target: Target
  readonly sources: readonly Source[]
  readonly faults: readonly Fault[]
  readonly lost: readonly LostTag[]
}

interface Outcome {
  readonly mended: ReadonlySet<Digest>
  /** What is still wrong, and why. */
  readonly open: ReadonlyMap<string, string>
  /** The place answered that it has the bytes, and still gives wrong ones. */
  readonly stubborn: boolean
}

/** A manifest that is back shows what it lists, so the place is checked again until there is nothing new to mend. */
async function carryOut({ image, allTags, deep, target, sources, faults, lost }: Work, context: Context): Promise<Outcome> {
  const mended = new Set<Digest>()
  const tried = new Set<Digest>()
  const why = new Map<Digest, string>()
  let open = faults
  let nameless = lost
  let stubborn = false
  while (open.some(({ descriptor }) => !tried.has(descriptor.digest))) {
    const { stored, left } = await mend(target, open, sources, context.call)
    for (const { descriptor } of open) tried.add(descriptor.digest)
    for (const { digest } of stored) mended.add(digest)
    for (const { descriptor, trouble } of left) why.set(descriptor.digest, trouble.why)
    const again = await checkImages(image, { allTags, deep }, context)
    open = distinctFaults(again.images).map(({ fault }) => fault)
    nameless = again.lost
    for (const { descriptor } of open) {
      if (mended.delete(descriptor.digest)) stubborn = true
    }
  }
  const wrong = open.map((fault): [string, string] => [fault.descriptor.digest, why.get(fault.descriptor.digest) ?? fault.why])
  return { mended, open: new Map([...wrong, ...nameless.map((tag): [string, string] => [tag.tag, tag.why])]), stubborn }
}
