/** inspect: what an image is, without pulling its layers. */
import { type DescribedImage, type Description, describe } from '../registry/copy/describe.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { shownDescription } from './parts/description.ts'
import { findImage } from './parts/places.ts'

export const inspect = defineStep({
  name: 'inspect',
  summary: 'Show what an image is: platforms, config, layers with sizes, annotations, and what is attached to it',
  details:
    'Reads manifests and configs, and no layers. Everything it finds is in the report as well (--output json), with full digests. A platform that an index lists and that is not there is said to be missing, and so is a config that is gone or damaged.',
  since: '0.1.0',
  chinese: { title: '查看镜像', summary: '显示镜像的平台、配置、各层大小、注解及其附件，不下载镜像层' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.image({ about: 'The image', example: 'harbor.example.com/pay/api:dev-v1.2-1024', positional: true }),
    withoutReferrers: field.switch({ about: 'Do not ask for what is attached' }),
  },
  outputs: {
    digest: out.digest({ about: 'Its digest' }),
    mediaType: out.text({ about: 'Media type of its manifest' }),
    platforms: out.list({ about: 'Its platforms; the first 16' }),
    size: out.number({ about: 'Bytes of all configs and layers, each counted once' }),
    layers: out.number({ about: 'Layers, each counted once' }),
    referrers: out.number({ about: 'What is attached to it and to its platforms' }),
  },
  examples: [{ title: 'By its tag', inputs: { image: 'harbor.example.com/pay/api:dev-v1.2-1024' } }],

  async run({ image, withoutReferrers }, context) {
    const { target, descriptor, name } = await findImage(image, context)
    const description = await describe(target, descriptor, { referrers: !withoutReferrers }, context.call)
    context.show(shownDescription(name, description))
    return {
      digest: descriptor.digest,
      mediaType: descriptor.mediaType,
      platforms: [...new Set(description.images.flatMap(platformOf))].slice(0, 16),
      ...totals(description),
      referrers: description.referrers?.length ?? 0,
    }
  },
})

/** Attestations of BuildKit say `unknown/unknown`, which is no platform. */
function platformOf({ platform }: DescribedImage): string[] {
  return platform === undefined || platform.startsWith('unknown/') ? [] : [platform]
}

function totals({ images }: Description): { size: number; layers: number } {
  const layers = new Map(images.flatMap((image) => image.layers.map(({ digest, size }): [string, number] => [digest, size])))
  const configs = new Map(images.flatMap(({ config }): [string, number][] => (config === undefined ? [] : [[config.digest, config.size]])))
  return { size: [...new Map([...configs, ...layers]).values()].reduce((sum, size) => sum + size, 0), layers: layers.size }
}
