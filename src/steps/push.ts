/** push: an image gets its place and its tag; what is attached to it comes along. */
import { Failure } from '../kit/failure.ts'
import { claimNextTag } from '../lifecycle/tags/claim-next.ts'
import { judgePush } from '../lifecycle/tags/judge-push.ts'
import { highestAt } from '../lifecycle/tags/list-tags.ts'
import { matchTag, printTag } from '../lifecycle/tags/parse.ts'
import type { SchemeTag, TagScheme } from '../lifecycle/tags/scheme.ts'
import { takeFreeTag, takeTag } from '../lifecycle/tags/take-tag.ts'
import type { Digest } from '../registry/oci/digest.ts'
import type { Tag } from '../registry/oci/reference.ts'
import { type Location, printLocation, withTag } from '../registry/target/location.ts'
import { listsTags, type Target } from '../registry/target/target.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { carry } from './parts/carry.ts'
import { type FoundImage, findImage, schemeOf } from './parts/places.ts'

export const push = defineStep({
  name: 'push',
  summary: 'Push an image under a tag of the scheme, with everything attached to it, and never move a tag',
  details:
    'The tag follows <env>-<version>-<build>. A tag that names another image already is an error, and so is a build lower than what the environment has; the same image again is fine. Without a tag in the destination, environment and version make one: the build is the run number of the host, or else the highest of the repository plus one.',
  since: '0.1.0',
  chinese: { title: '推送镜像', summary: '按标签规则推送镜像及其全部附件，绝不移动已有标签' },
  needs: ['registry', 'files'],
  inputs: {
    image: field.image({ about: 'The image to push', example: 'oci:./out:dev-v1.0-1', positional: true }),
    to: field.place({
      about: 'Where it goes, with or without a tag',
      writes: true,
      example: 'harbor.example.com/pay/api:dev-v1.0-1',
      positional: true,
      setting: 'image',
    }),
    environment: field.environment({ about: 'Environment of the tag that is made', example: 'dev', optional: true, flag: 'env' }),
    version: field.text({ about: 'Version of the tag that is made', example: 'v1.0', optional: true }),
    build: field.text({ about: 'Build number of the tag that is made', example: '1024', optional: true, fact: 'buildNumber' }),
    anyTag: field.switch({ about: 'Accept a tag outside the scheme; such a tag may move' }),
    allowOlder: field.switch({ about: 'Accept a build lower than the highest of the environment' }),
  },
  outputs: {
    image: out.image({ about: 'The image under its tag' }),
    digest: out.digest({ about: 'What was pushed; equal to what went in' }),
    tag: out.text({ about: 'The tag' }),
    changed: out.switch({ about: 'Whether the tag was written; false when it named this image already' }),
  },
  examples: [
    { title: 'A layout to a registry', inputs: { image: 'oci:./out:dev-v1.0-1', to: 'harbor.example.com/pay/api:dev-v1.0-1' } },
    { title: 'With a tag made up here', inputs: { image: 'oci:./out:dev-v1.0-1', to: 'harbor.example.com/pay/api', environment: 'dev', version: 'v1.0' } },
  ],

  async run({ image, to, environment, version, build, anyTag, allowOlder }, context) {
    const scheme = await schemeOf(context)
    const found = await findImage(image, context)
    const { target } = context.opener.open(to)
    if (to.digest !== undefined && to.digest !== found.descriptor.digest) {
      throw new Failure('DIGEST_MISMATCH', `${found.name} is not the image that the destination names`, {
        cause: `it is ${found.descriptor.digest}`,
        hint: 'Leave the digest out of the destination, or push the image it names.',
      })
    }
    if (to.tag !== undefined) return pushTag({ scheme, found, target, to, tag: to.tag, outside: anyTag, backwards: allowOlder }, context)
    if (environment === undefined || version === undefined) {
      throw new Failure('INPUT_INVALID', 'the destination has no tag, and environment and version to make one are missing', {
        hint: `Write the destination with :tag (${scheme.form}), or give environment and version.`,
      })
    }
    if (build !== undefined)
      return pushTag({ scheme, found, target, to, tag: printTag(scheme, { environment, version, build }).tag, outside: anyTag, backwards: allowOlder }, context)
    return pushNext({ scheme, found, target, to, environment, version }, context)
  },
})

interface Pushing {
  readonly scheme: TagScheme
  readonly found: FoundImage
  readonly target: Target
  readonly to: Location
}

interface Result {
  readonly image: string
  readonly digest: string
  readonly tag: string
  readonly changed: boolean
}

const resultOf = ({ to, found }: Pushing, tag: Tag, changed: boolean): Result => ({
  image: printLocation(withTag(to, tag)),
  digest: found.descriptor.digest,
  tag,
  changed,
})

async function pushTag(pushing: Pushing & { tag: Tag; outside: boolean; backwards: boolean }, { call, log }: Context): Promise<Result> {
  const { scheme, found, target, tag, outside, backwards } = pushing
  const { digest } = found.descriptor
  const takenBy = async (): Promise<Digest | undefined> => (await target.resolve(tag, call))?.digest
  const highestNow = async (): Promise<SchemeTag | undefined> =>
    outside && matchTag(scheme, tag) === undefined ? undefined : await highestFor(target, scheme, tag, call)
  const judge = (taken: Digest | undefined, highest: SchemeTag | undefined): 'free' | 'present' | 'moves' =>
    judgePush({
      scheme,
      tag,
      digest,
      where: target.name,
      outside,
      backwards,
      ...(taken === undefined ? {} : { taken }),
      ...(highest === undefined ? {} : { highest }),
    })
  const before = await takenBy()
  if (judge(before, before === digest ? undefined : await highestNow()) === 'present') {
    log.info('the tag names this image already', { tag, digest })
    return resultOf(pushing, tag, false)
  }
  const take = async (): Promise<void> => {
    // Someone may have pushed meanwhile: judged once more, and the tag is the last that is looked at before it is written.
    const highest = await highestNow()
    const verdict = judge(await takenBy(), highest)
    if (verdict === 'present') return
    if (verdict === 'moves') return target.tag(found.descriptor, tag, call)
    const taking = await takeFreeTag(target, found.descriptor, tag, call)
    if (taking.outcome !== 'lost') return
    judgePush({ scheme, tag, digest, where: target.name, ...(taking.to === undefined ? {} : { taken: taking.to }) })
    throw new Failure('PLAN_STALE', `${target.name}:${tag} was written and is gone again`, {
      hint: 'Something removes tags there at the same moment. Run again when it is done.',
    })
  }
  await carry(found, target, take, { call, log })
  return resultOf(pushing, tag, true)
}

async function pushNext(pushing: Pushing & { environment: string; version: string }, { call, log }: Context): Promise<Result> {
  const { scheme, found, target, environment, version } = pushing
  if (!listsTags(target))
    throw new Failure('UNSUPPORTED', `${target.name} cannot list its tags, so the next build is unknown`, { hint: 'Give the build number.' })
  const claim = (): Promise<SchemeTag> =>
    claimNextTag(
      scheme,
      { environment, version },
      { name: target.name, tags: (inner) => target.tags(inner), take: (tag, inner) => takeTag(target, found.descriptor, tag.tag, inner) },
      call,
    )
  const claimed = await carry(found, target, claim, { call, log })
  return resultOf(pushing, claimed.tag, true)
}

/** What the environment of the tag has; undefined also where that cannot be known. */
async function highestFor(target: Target, scheme: TagScheme, tag: Tag, call: Context['call']): Promise<SchemeTag | undefined> {
  const environment = matchTag(scheme, tag)?.environment
  const highest = environment === undefined ? undefined : await highestAt(scheme, target, environment, call)
  return highest === 'unknown' ? undefined : highest
}
