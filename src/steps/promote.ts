/** promote: an image gets its next environment. The plan is the product; carrying it out is asked for. */

import type { Verdict } from '../evidence/trust/verdict.ts'
import { PRODUCT } from '../kit/product.ts'
import { changesNothing } from '../lifecycle/plan/plan.ts'
import { renderPlan } from '../lifecycle/plan/render-plan.ts'
import { applyPromotion, type PromotionGate, planPromotion, surveyPromotion } from '../lifecycle/promote.ts'
import { type Location, parseLocation } from '../registry/target/location.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { schemeOf } from './parts/places.ts'

export const promote = defineStep({
  name: 'promote',
  summary: 'Give an image its next environment: same digest, evidence included',
  details:
    'Plans first and changes nothing without apply. Signatures are verified at the source and again at the target when there are keys to verify with; everything attached travels; the tag is written last. An image that is already there is left alone, with no write at all.',
  since: '0.1.0',
  chinese: { title: '晋级镜像', summary: '把镜像送入下一环境：摘要不变，签名与证据随行' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.place({
      about: 'The image, by tag or digest; only the repository together with from',
      example: 'harbor.example.com/pay/api:dev-v1.2-1024',
      positional: true,
      writes: true,
      setting: 'image',
    }),
    from: field.environment({ about: 'Take the newest image of this environment', example: 'dev', optional: true }),
    to: field.environment({ about: 'Where it goes', example: 'staging' }),
    target: field.place({
      about: 'Another repository or layout for it, with a tag when it is to have another one',
      example: 'prod.example.com/pay/api',
      writes: true,
      optional: true,
    }),
    publicKey: field.keys({ about: 'Public keys; one of them must have signed', example: './signer.pub', flag: 'key', setting: 'keys.verify' }),
    skip: field.switch({ about: 'Leave out environments in between' }),
    allowRollback: field.switch({ about: 'Accept a build lower than the highest of the environment' }),
    apply: field.switch({ about: 'Carry the plan out; without it the plan is only shown' }),
  },
  outputs: {
    image: out.image({ about: 'The image under its new tag' }),
    digest: out.digest({ about: 'What was promoted; equal to what went in' }),
    changed: out.switch({ about: 'Whether a tag was written' }),
    applied: out.switch({ about: 'Whether the plan was carried out' }),
  },
  examples: [
    { title: 'Dev to staging: the plan', inputs: { image: 'harbor.example.com/pay/api:dev-v1.2-1024', to: 'staging' } },
    { title: 'The same, carried out', inputs: { image: 'harbor.example.com/pay/api:dev-v1.2-1024', to: 'staging', apply: true } },
    {
      title: 'The newest of staging to the production registry',
      inputs: { image: 'harbor.example.com/pay/api', from: 'staging', to: 'prod', target: 'prod.example.com/pay/api', publicKey: './signer.pub', apply: true },
    },
  ],

  async run({ image, from, to, target, publicKey, skip, allowRollback, apply }, context) {
    const { opener, call, show } = context
    const goal = target ?? ownPlace(to, context) ?? image
    const request = {
      scheme: await schemeOf(context),
      source: opener.open(image).target,
      target: opener.open(goal).target,
      ref: { ...(image.tag === undefined ? {} : { tag: image.tag }), ...(image.digest === undefined ? {} : { digest: image.digest }) },
      to,
      ...(from === undefined ? {} : { from }),
      ...(target?.tag === undefined ? {} : { targetTag: target.tag }),
      skip,
      allowRollback,
      gates: await gates(publicKey, to, context),
      tool: `${PRODUCT.name} ${PRODUCT.version}`,
    }
    const surveyed = await surveyPromotion(request, call)
    const plan = planPromotion(surveyed, request)
    const { title, actions, gates: asked, lines } = renderPlan(plan)
    show({
      name: 'plan',
      data: plan,
      title,
      tables: asked.rows.length === 0 ? [actions] : [actions, asked],
      lines: apply || changesNothing(plan) ? lines : [...lines, 'Nothing was changed. Run again with apply to carry it out.'],
    })
    const planned = { image: `${plan.details.target}:${plan.details.tag}`, digest: plan.details.digest, changed: false, applied: false }
    if (!apply) return planned
    const report = await applyPromotion(plan, { ...request, surveyed }, call)
    for (const lost of report.copied?.lost ?? []) context.log.warn('something attached to the image could not be carried along', { what: lost })
    return { image: report.image, digest: report.digest, changed: report.outcome === 'promoted', applied: true }
  },
})

/** The repository that ferry.yaml gives the environment. */
function ownPlace(environment: string, { settings }: Context): Location | undefined {
  const place = settings.environments.find(({ name }) => name === environment)?.image
  return place === undefined ? undefined : parseLocation(place)
}

/** A signature gate for the keys that were given, and one for those that the environment demands. */
async function gates(given: readonly string[], environment: string, context: Context): Promise<PromotionGate[]> {
  const demanded = context.settings.environments.find(({ name }) => name === environment)?.verify ?? []
  const sets = [
    { name: 'signature', keys: given },
    { name: `signature for ${environment}`, keys: demanded.map((path) => context.fromSettings(path)) },
  ].filter(({ keys }) => keys.length > 0)
  if (sets.length === 0) return []
  // Loaded only when there is something to verify: a promotion without keys starts faster.
  const [{ requireVerified }, { verifyingKeys }] = await Promise.all([import('../evidence/trust/verify.ts'), import('./parts/keys.ts')])
  return Promise.all(
    sets.map(async ({ name, keys }): Promise<PromotionGate> => {
      const verifying = await verifyingKeys(keys, context)
      const proven = new Map<string, Verdict>()
      return {
        name,
        alsoAtTarget: true,
        async ask({ place, descriptor }, call) {
          // Planned and applied in one run: what was proven of a digest in a place stays proven.
          const asked = `${place.name}@${descriptor.digest}`
          const verdict = proven.get(asked) ?? (await requireVerified(place, descriptor, { keys: verifying }, call))
          proven.set(asked, verdict)
          return `${verdict.digests.length} of ${verdict.digests.length} digests are signed by a given key`
        },
      }
    }),
  )
}
