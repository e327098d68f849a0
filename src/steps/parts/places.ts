/** From a location that was typed to the target that holds it and the image it names. */
import { createTagScheme } from '../../lifecycle/tags/create-scheme.ts'
import type { TagScheme } from '../../lifecycle/tags/scheme.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Location, printLocation } from '../../registry/target/location.ts'
import type { Opened } from '../../registry/target/open.ts'
import type { Context } from '../../step/context.ts'

export interface FoundImage {
  readonly target: Opened['target']
  readonly descriptor: Descriptor
  /** The location as it was given, printed in full. */
  readonly name: string
}

/** @throws Failure IMAGE_NOT_FOUND */
export async function findImage(location: Location, { opener, call }: Pick<Context, 'opener' | 'call'>): Promise<FoundImage> {
  const { target } = opener.open(location)
  return { target, descriptor: await resolveImage(target, location, call), name: printLocation(location) }
}

export function schemeOf({ settings }: Pick<Context, 'settings'>): Promise<TagScheme> {
  return createTagScheme({
    environments: settings.environments.map((environment) => environment.name),
    ...(settings.pattern === undefined ? {} : { pattern: settings.pattern }),
  })
}
