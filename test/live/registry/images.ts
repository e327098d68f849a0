/** What is pushed around: images made by our own builder. No hub is asked for anything. */
import { join } from 'node:path'
import { expect } from 'vitest'
import { buildImage } from '../../../src/build/build.ts'
import { freeCall } from '../../../src/kit/call.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { walk } from '../../../src/registry/copy/walk.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import type { Platform } from '../../../src/registry/oci/platform.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import type { Source } from '../../../src/registry/target/target.ts'
import { get } from '../../contracts/content.ts'
import { ROOT } from '../../house/source.ts'

const HELLO = join(ROOT, 'examples/hello')

const AMD64: Platform = { os: 'linux', architecture: 'amd64' }
const ARM64: Platform = { os: 'linux', architecture: 'arm64' }

export interface Hello {
  /** A layout that holds both. */
  readonly directory: string
  /** Tagged `multi`: linux/amd64 and linux/arm64. */
  readonly index: Descriptor
  /** Tagged `single`: linux/amd64 alone. */
  readonly image: Descriptor
}

/** examples/hello, built twice into a layout: for two platforms, and for one. */
export async function buildHello(directory: string): Promise<Hello> {
  const layout = openLayout(directory)
  const common = { context: HELLO, layers: [{ from: 'bin/hello-{arch}', to: '/hello', mode: '0755' }], entrypoint: ['/hello'] }
  const several = await buildImage({ ...common, platforms: [AMD64, ARM64] }, 'files', layout, freeCall())
  const one = await buildImage({ ...common, platforms: [AMD64], labels: { alone: 'yes' } }, 'files', layout, freeCall())
  await layout.tag(several.root, parseTag('multi'), freeCall())
  await layout.tag(one.root, parseTag('single'), freeCall())
  return { directory, index: several.root, image: one.root }
}

/** A layout with nothing but that image in it, under the tag. Some clients push whatever a layout holds. */
export async function layoutOf({ directory }: Hello, root: Descriptor, tag: string, to: string): Promise<string> {
  await copy(openLayout(directory), openLayout(to), root, { tag: parseTag(tag) }, freeCall())
  return to
}

/** Every manifest and blob below the root has the same bytes in both places. */
export async function expectSameBytes({ directory }: Hello, found: Source, root: Descriptor): Promise<void> {
  const built = openLayout(directory)
  let nodes = 0
  for await (const { descriptor } of walk(built, root, freeCall())) {
    expect(Buffer.compare(await get(found, descriptor), await get(built, descriptor)), descriptor.digest).toBe(0)
    nodes += 1
  }
  expect(nodes).toBeGreaterThan(2)
}
