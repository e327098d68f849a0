/** diff: in what two images differ, without pulling their layers. */
import { findSbom } from '../evidence/statements/find-sbom.ts'
import { Failure } from '../kit/failure.ts'
import { compare } from '../registry/copy/compare.ts'
import { type Description, describe } from '../registry/copy/describe.ts'
import type { Source } from '../registry/target/target.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { comparePackages, shownDiff } from './parts/diff-report.ts'
import { findImage } from './parts/places.ts'

export const diff = defineStep({
  name: 'diff',
  summary: 'Show in what two images differ: platforms, config, layers, annotations, attachments, and packages where both have an SBOM',
  details:
    'Reads manifests, configs and SBOMs, and no layers. Two names of one digest are the same without reading more. Packages come from SBOMs in SPDX or CycloneDX JSON that are attached to the images, bare or in a statement; they are not verified here.',
  since: '0.1.0',
  chinese: { title: '比较镜像', summary: '比较两个镜像的平台、配置、层、注解与附件；双方都有 SBOM 时比较软件包' },
  needs: ['registry', 'files'],
  inputs: {
    left: field.image({ about: 'One image', example: 'harbor.example.com/pay/api:prod-v1.2-1024', positional: true }),
    right: field.image({ about: 'The other', example: 'harbor.example.com/pay/api:dev-v1.3-1107', positional: true }),
    failOnDifference: field.switch({ about: 'Exit with 10 when they differ', flag: 'exit-code' }),
  },
  outputs: {
    same: out.switch({ about: 'Whether both are the same digest' }),
    differences: out.number({ about: 'Things that are not the same, packages left out' }),
    packages: out.number({ about: 'Packages that are not the same; 0 without two SBOMs' }),
    leftDigest: out.digest({ about: 'Digest of the one' }),
    rightDigest: out.digest({ about: 'Digest of the other' }),
  },
  examples: [
    {
      title: 'What the next release changes',
      inputs: { left: 'harbor.example.com/pay/api:prod-v1.2-1024', right: 'harbor.example.com/pay/api:dev-v1.3-1107' },
    },
  ],

  async run({ left, right, failOnDifference }, context) {
    const [one, two] = [await findImage(left, context), await findImage(right, context)]
    const digests = { leftDigest: one.descriptor.digest, rightDigest: two.descriptor.digest }
    if (one.descriptor.digest === two.descriptor.digest) {
      context.show({
        name: 'diff',
        data: { left: one.name, right: two.name, differences: [] },
        title: `${one.name} and ${two.name}`,
        tables: [],
        lines: ['Both are the same image.'],
      })
      return { same: true, differences: 0, packages: 0, ...digests }
    }
    const [mine, other] = [await describe(one.target, one.descriptor, {}, context.call), await describe(two.target, two.descriptor, {}, context.call)]
    const comparison = compare(mine, other)
    const packages = await changedPackages([one.target, mine], [two.target, other], context)
    context.show(shownDiff({ left: one.name, right: two.name, ...comparison, packages }))
    if (failOnDifference) {
      throw new Failure('DIFFERENT', `${one.name} and ${two.name} differ in ${comparison.differences.length} things`, {
        hint: 'The table says in which. Leave exit-code out to only look.',
        facts: { left: digests.leftDigest, right: digests.rightDigest },
      })
    }
    return { same: false, differences: comparison.differences.length, packages: packages?.length ?? 0, ...digests }
  },
})

type Side = readonly [Source, Description]

/** By the SBOMs of the whole, else of the first platform that has one on both sides. */
async function changedPackages([left, mine]: Side, [right, other]: Side, { call }: Context): Promise<ReturnType<typeof comparePackages> | undefined> {
  const platforms = new Map(other.images.map(({ platform, descriptor }) => [platform ?? '', descriptor.digest]))
  const pairs = [
    [mine.root.digest, other.root.digest] as const,
    ...mine.images.flatMap(({ platform, descriptor }) => {
      const twin = platforms.get(platform ?? '')
      return twin === undefined ? [] : [[descriptor.digest, twin] as const]
    }),
  ]
  for (const [one, two] of pairs) {
    const mineHas = await findSbom(left, one, call)
    const otherHas = mineHas === undefined ? undefined : await findSbom(right, two, call)
    if (mineHas !== undefined && otherHas !== undefined) return comparePackages(mineHas.packages, otherHas.packages)
  }
  return undefined
}
