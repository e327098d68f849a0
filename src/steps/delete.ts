/** delete: a name alone, or an image with all that hangs on it. Shown first; nothing that a remaining tag can reach ever goes. */
import { Failure } from '../kit/failure.ts'
import { PRODUCT } from '../kit/product.ts'
import { applyDeletion } from '../lifecycle/delete/apply-deletion.ts'
import { planDeletion } from '../lifecycle/delete/plan-deletion.ts'
import { type Doomed, surveyDeletion } from '../lifecycle/delete/survey.ts'
import { renderPlan } from '../lifecycle/plan/render-plan.ts'
import { type Location, parseLocation, printLocation } from '../registry/target/location.ts'
import { deletes, type Target } from '../registry/target/target.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'

const removal = defineStep({
  name: 'delete',
  summary: 'Delete tags, or images by digest with what is attached to them; nothing that another tag can reach',
  details:
    'IMAGE:TAG removes that name only; the image and its other names stay, and a registry that cannot remove a name alone is told nothing else. IMAGE@sha256:… removes the image, its signatures and other attachments, and its platforms as far as no tag that stays can reach them. Without apply the plan is shown and nothing changes; what moved since the plan stops it.',
  since: '0.1.0',
  chinese: { title: '删除镜像', summary: '删除标签，或按摘要删除镜像及其附件；其他标签可达的内容绝不删除' },
  needs: ['registry', 'files'],
  inputs: {
    images: field.list({
      about: 'What goes: names as IMAGE:TAG, images as IMAGE@sha256:…, all in one repository',
      example: 'harbor.example.com/pay/api:dev-v1.0-1',
      positional: true,
    }),
    withTags: field.switch({ about: 'With a digest, also remove the tags that name it' }),
    apply: field.switch({ about: 'Carry the plan out; without it the plan is only shown' }),
  },
  outputs: {
    planned: out.number({ about: 'Names and manifests that the plan removes' }),
    removed: out.number({ about: 'Names and manifests that are gone' }),
    changed: out.switch({ about: 'Whether anything was removed' }),
    applied: out.switch({ about: 'Whether the plan was carried out' }),
  },
  examples: [
    { title: 'What removing a tag would do', inputs: { images: ['harbor.example.com/pay/api:dev-v1.0-1'] } },
    { title: 'Two tags, for real', inputs: { images: ['harbor.example.com/pay/api:dev-v1.0-1', 'harbor.example.com/pay/api:dev-v1.0-2'], apply: true } },
  ],

  async run({ images, withTags, apply }, { opener, call, show }) {
    const places = images.map((text) => parseLocation(text))
    const place = onePlace(places)
    const doomed = places.map(doomedOf)
    const target: Target = opener.open(place).target
    if (!deletes(target)) throw new Failure('UNSUPPORTED', `nothing can be deleted in ${target.name}`, { hint: 'Delete it where it can be written.' })
    const plan = planDeletion(await surveyDeletion(target, doomed, call), { tool: `${PRODUCT.name} ${PRODUCT.version}`, withTags })
    const { title, actions, lines } = renderPlan(plan)
    const { removals, ...data } = plan
    show({
      name: 'plan',
      data,
      title,
      tables: removals.length === 0 ? [] : [actions],
      lines: apply || removals.length === 0 ? lines : [...lines, 'Nothing was changed. Run again with apply to carry it out.'],
    })
    const removed = apply && removals.length > 0 ? await applyDeletion(target, plan, doomed, call) : 0
    return { planned: removals.length, removed, changed: removed > 0, applied: apply }
  },
})

// `delete` is a reserved word of the language, and the name that everybody knows.
export { removal as delete }

function onePlace(places: readonly Location[]): Location {
  const [first] = places
  if (first === undefined) throw new Failure('INPUT_INVALID', 'images is missing: nothing says what goes', { hint: 'Name IMAGE:TAG or IMAGE@sha256:….' })
  const other = places.find((location) => nameOf(location) !== nameOf(first))
  if (other === undefined) return first
  throw new Failure('INPUT_INVALID', `${printLocation(first)} and ${printLocation(other)} are in two places`, { hint: 'Delete in one repository at a time.' })
}

function nameOf(location: Location): string {
  const { tag: _tag, digest: _digest, ...place } = location
  return printLocation(place)
}

function doomedOf(location: Location): Doomed {
  if (location.digest !== undefined && location.tag === undefined) return { digest: location.digest }
  if (location.tag !== undefined && location.digest === undefined) return { tag: location.tag }
  throw new Failure('INPUT_INVALID', `${printLocation(location)} ${location.tag === undefined ? 'names a whole repository' : 'names a tag and a digest'}`, {
    hint: 'Write IMAGE:TAG to remove a name, or IMAGE@sha256:… to remove an image.',
  })
}
