/** list: the tags of a repository in the order that the scheme gives them. */
import { Failure } from '../kit/failure.ts'
import { createLimit, forEachLimited } from '../kit/limit.ts'
import { isListingTag, listTags } from '../lifecycle/tags/list-tags.ts'
import { sortTags } from '../lifecycle/tags/order.ts'
import type { Descriptor } from '../registry/oci/descriptor.ts'
import { parseTag } from '../registry/oci/reference.ts'
import { printLocation } from '../registry/target/location.ts'
import type { Target } from '../registry/target/target.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { schemeOf } from './parts/places.ts'
import { type ListedTag, shownTags } from './parts/tag-table.ts'

/** Tags that are looked up at once. */
const AT_ONCE = 6

export const list = defineStep({
  name: 'list',
  summary: 'List the tags of a repository: by environment, version and build, the others after them',
  details:
    'Tags that follow the scheme come first, oldest first; all others follow by name. With digests each tag is looked up as well, which is one request a tag. A repository that is proven not to exist has no tags; a listing that failed is an error and never an empty list.',
  since: '0.1.0',
  chinese: { title: '列出标签', summary: '列出仓库的全部标签，按环境、版本与构建号排序' },
  needs: ['registry', 'files'],
  inputs: {
    repository: field.place({ about: 'The repository or layout', example: 'harbor.example.com/pay/api', positional: true, setting: 'image' }),
    environment: field.environment({ about: 'Only tags of this environment', example: 'prod', optional: true, flag: 'env' }),
    digests: field.switch({ about: 'Also look up what each tag names' }),
  },
  outputs: {
    count: out.number({ about: 'How many tags there are' }),
    newest: out.text({ about: 'The last tag of the scheme; empty when none follows it' }),
    tags: out.list({ about: 'The last 8 tags of the scheme, oldest first; the report has all' }),
  },
  examples: [
    { title: 'All tags', inputs: { repository: 'harbor.example.com/pay/api' } },
    { title: 'What prod has, with digests', inputs: { repository: 'harbor.example.com/pay/api', environment: 'prod', digests: true } },
  ],

  async run({ repository, environment, digests }, context) {
    if (repository.tag !== undefined || repository.digest !== undefined) {
      throw new Failure('INPUT_INVALID', `${printLocation(repository)} is an image, and tags are listed of a repository`, {
        hint: 'Leave the tag or digest out; ferry inspect shows an image.',
      })
    }
    const scheme = await schemeOf(context)
    if (environment !== undefined && !scheme.environments.includes(environment)) {
      throw new Failure('INPUT_INVALID', `the environment ${environment} is not declared`, { hint: `Environments are ${scheme.environments.join(', ')}.` })
    }
    const { target } = context.opener.open(repository)
    const all = await listTags(target, context.call)
    const { inside, outside } = sortTags(
      scheme,
      all.filter((tag) => !isListingTag(tag)),
    )
    const wanted = inside.filter((tag) => environment === undefined || tag.environment === environment)
    const texts = [...wanted.map(({ tag }) => tag as string), ...(environment === undefined ? outside : [])]
    const found = digests ? await lookUp(target, texts, context) : undefined
    const listed = texts.map((tag, at): ListedTag => {
      const parts = wanted[at]
      const names = found?.get(tag)
      return {
        tag,
        ...(parts === undefined ? {} : { environment: parts.environment, version: parts.version, build: parts.build }),
        ...(names === undefined ? {} : { digest: names.digest, mediaType: names.mediaType }),
      }
    })
    context.show(shownTags(printLocation(repository), listed, { digests, lists: all.filter(isListingTag).length }))
    return { count: listed.length, newest: wanted.at(-1)?.tag ?? '', tags: wanted.slice(-8).map(({ tag }) => tag) }
  },
})

/** A tag that is gone by the time it is looked up has no digest. */
async function lookUp(target: Target, tags: readonly string[], { call }: Context): Promise<Map<string, Descriptor>> {
  const found = new Map<string, Descriptor>()
  await forEachLimited(
    tags,
    createLimit(AT_ONCE),
    async (tag) => {
      const descriptor = await target.resolve(parseTag(tag), call)
      if (descriptor !== undefined) found.set(tag, descriptor)
    },
    call,
  )
  return found
}
