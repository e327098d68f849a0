/** What the images of a `docker save` file are called: full names, of which a location wants one repository, or any. */
import { isFailure } from '../../../kit/failure.ts'
import { isObject } from '../../../kit/json.ts'
import { type Digest, isDigest } from '../../oci/digest.ts'
import { parseReference, printRepository, type Tag } from '../../oci/reference.ts'
import { type Entry, type LayoutIndex, REF_NAME, readEntry } from '../layout/entries.ts'
import { IMAGE_NAME } from './docker-saved.ts'

/** The index with the tag of each wanted image as its name, and no name for the others. */
export function named(index: LayoutIndex, repository: string | undefined): LayoutIndex {
  const entries = index.entries.map((entry) => {
    const annotations = isObject(entry.json['annotations']) ? entry.json['annotations'] : {}
    const full = annotations[IMAGE_NAME]
    const said = typeof full === 'string' ? full : entry.name
    const { [REF_NAME]: _name, ...others } = annotations
    const tag = said === undefined ? undefined : tagFor(said, repository)
    return readEntry({ ...entry.json, annotations: tag === undefined ? others : { ...others, [REF_NAME]: tag } }, 'an entry')
  })
  return { ...index, entries }
}

/** The tag in a name like `app:v1`, `docker.io/library/app:v1` or, where any repository will do, `v1`. */
function tagFor(said: string, repository: string | undefined): Tag | string | undefined {
  if (!said.includes(':') && !said.includes('/')) return repository === undefined ? said : undefined
  try {
    const reference = parseReference(said)
    return repository === undefined || printRepository(reference) === repository ? reference.tag : undefined
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}

/** The one image of a file that has no other. */
export function onlyDigest(index: LayoutIndex): Digest | undefined {
  const digests = new Set(index.entries.flatMap((entry: Entry) => entry.descriptor?.digest ?? []))
  const [only] = digests
  return digests.size === 1 && only !== undefined && isDigest(only) ? only : undefined
}
