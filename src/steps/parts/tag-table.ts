/** Tags as a table: those of the scheme with their parts. */
import { printable } from '../../kit/printable.ts'
import type { Shown } from '../../step/context.ts'

export interface ListedTag {
  readonly tag: string
  /** Parts of a tag that follows the scheme. */
  readonly environment?: string
  readonly version?: string
  readonly build?: string
  /** What it names, when that was looked up. */
  readonly digest?: string
  readonly mediaType?: string
}

/** Rows that are shown to people; machines get all. */
const MOST_ROWS = 1000

export function shownTags(place: string, tags: readonly ListedTag[], { digests, lists }: { readonly digests: boolean; readonly lists: number }): Shown {
  const columns = ['tag', 'environment', 'version', 'build', ...(digests ? ['digest'] : [])]
  return {
    name: 'tags',
    data: tags,
    title: `${tags.length === 1 ? '1 tag' : `${tags.length} tags`} in ${printable(place)}`,
    tables:
      tags.length === 0
        ? []
        : [
            {
              columns,
              rows: tags
                .slice(0, MOST_ROWS)
                .map(({ tag, environment = '', version = '', build = '', digest = 'gone since' }) => [
                  tag,
                  environment,
                  version,
                  build,
                  ...(digests ? [digest] : []),
                ]),
            },
          ],
    lines: [
      ...(tags.length > MOST_ROWS ? [`and ${tags.length - MOST_ROWS} more; the report has all`] : []),
      ...(lists === 0 ? [] : [`${lists === 1 ? '1 more tag lists' : `${lists} more tags list`} what is attached to images, and is not counted.`]),
    ],
  }
}
