/** copy: content from one place to another, whatever its tags look like. The bytes and the rules are those of src/registry/copy. */
import { Failure } from '../kit/failure.ts'
import { readPlatform } from '../registry/oci/platform.ts'
import { printLocation, withTag } from '../registry/target/location.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { type Copied, copyOne } from './parts/copy-one.ts'
import { shownCopies } from './parts/copy-report.ts'
import { copyAllTags } from './parts/copy-tags.ts'
import { requireOneOrAll } from './parts/one-or-all.ts'

export const copy = defineStep({
  name: 'copy',
  summary: 'Copy an image, or all tags of a repository, to any other place; nothing is rewritten',
  details:
    'Between registries and layouts on disk, in any direction, with everything attached. It works without the tag scheme; a tag that names another image is left alone unless move is given, and a tag of an environment never moves. With platforms, platform-mode says what becomes of the index: new-index writes a smaller one with another digest, sparse-index keeps its bytes and leaves it incomplete, image takes one platform out of it.',
  since: '0.1.0',
  chinese: { title: '复制镜像', summary: '在仓库与磁盘布局之间复制镜像或全部标签，内容不变，附件随行' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.place({ about: 'What to copy; only the repository together with all-tags', example: 'docker.io/library/alpine:3.22', positional: true }),
    to: field.place({
      about: 'Where it goes; the tag stays the same when none is given',
      writes: true,
      example: 'harbor.example.com/mirror/alpine',
      positional: true,
    }),
    allTags: field.switch({ about: 'Copy every tag of the repository' }),
    platforms: field.list({ about: 'Only these platforms of the index: os/architecture[/variant]', example: 'linux/amd64', flag: 'platform' }),
    platformMode: field.choice({
      about: 'What becomes of the index when platforms are chosen: a smaller one, the same with less below it, or none',
      of: ['new-index', 'sparse-index', 'image'],
      optional: true,
      example: 'new-index',
    }),
    withoutReferrers: field.switch({ about: 'Leave signatures and everything else that is attached behind' }),
    move: field.switch({ about: 'Move a tag that names another image at the destination; never one of an environment' }),
  },
  outputs: {
    image: out.image({ about: 'The image at the destination; empty with all-tags' }),
    digest: out.digest({ about: 'Its digest; empty with all-tags' }),
    changed: out.switch({ about: 'Whether anything was stored or a tag was written' }),
    tags: out.number({ about: 'Tags that name their image at the destination now' }),
    bytes: out.number({ about: 'Bytes that were stored' }),
    referrers: out.number({ about: 'Attachments that are at the destination now' }),
  },
  examples: [
    { title: 'One image, with its signatures', inputs: { image: 'docker.io/library/alpine:3.22', to: 'harbor.example.com/mirror/alpine' } },
    { title: 'A repository to a disk that is carried elsewhere', inputs: { image: 'harbor.example.com/pay/api', to: 'oci:./bundle', allTags: true } },
    {
      title: 'One platform, with an index of its own',
      inputs: { image: 'docker.io/library/alpine:3.22', to: 'oci:./alpine:3.22', platforms: ['linux/arm64'], platformMode: 'new-index' },
    },
  ],

  async run({ image, to, allTags, platforms, platformMode, withoutReferrers, move }, context) {
    if (platforms.length > 0 !== (platformMode !== undefined)) {
      throw new Failure(
        'INPUT_INVALID',
        platforms.length > 0 ? 'platforms are chosen, and nothing says what becomes of the index' : 'platform-mode is given without platforms',
        {
          hint: 'Give platforms together with platform-mode: new-index (another digest), sparse-index (an incomplete index) or image (one platform alone).',
        },
      )
    }
    if (allTags && (image.tag ?? image.digest ?? to.tag ?? to.digest) !== undefined) {
      throw new Failure('INPUT_INVALID', 'all-tags takes two repositories, and a tag or digest was given', {
        hint: 'Leave the tag out, or leave all-tags out.',
      })
    }
    requireOneOrAll(image, allTags)
    const options = {
      referrers: !withoutReferrers,
      named: !allTags,
      move,
      ...(platformMode === undefined ? {} : { part: { platforms: platforms.map(readPlatform), mode: platformMode } }),
    }
    const copies: Copied[] = allTags ? await copyAllTags(image, to, options, context) : [await copyOne(image, to, options, context)]
    context.show(shownCopies(printLocation(image), printLocation(to), copies))
    const failed = copies.flatMap(({ failure }) => failure ?? [])
    const [first] = failed
    if (first !== undefined) {
      throw new Failure('PARTLY_DONE', `${failed.length} of ${copies.length} tags were not copied to ${printLocation(to)}`, {
        hint: 'The others are there. Mend what is said about these, and run the same command again.',
        more: failed.slice(0, 20),
      })
    }
    const [only] = copies
    const single = allTags ? undefined : only?.report?.root.digest
    const sum = (count: (copied: Copied) => number): number => copies.reduce((total, copied) => total + count(copied), 0)
    return {
      image: single === undefined ? '' : only?.tag === undefined ? printLocation({ ...to, digest: single }) : printLocation(withTag(to, only.tag)),
      digest: single ?? '',
      changed: copies.some(
        ({ report, tagged }) => tagged || (report !== undefined && report.manifests.stored + report.blobs.stored + report.blobs.mounted > 0),
      ),
      tags: copies.filter(({ tag }) => tag !== undefined).length,
      bytes: sum(({ report }) => report?.bytes ?? 0),
      referrers: sum(({ report }) => report?.referrers ?? 0),
    }
  },
})
