/** What is pushed around: images made by our own builder. No hub is asked for anything. */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { buildImage } from '../../../src/build/build.ts'
import type { Platform } from '../../../src/registry/oci/platform.ts'
import { freeCall } from '../../../src/kit/call.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { ROOT } from '../../house/source.ts'

export const HELLO = join(ROOT, 'examples/hello')

const AMD64: Platform = { os: 'linux', architecture: 'amd64' }
const ARM64: Platform = { os: 'linux', architecture: 'arm64' }

export interface Hello {
  readonly directory: string
  /** Tagged `multi`. */
  readonly index: Descriptor
  /** Children of the index. */
  readonly platforms: readonly Descriptor[]
  /** Tagged `single`: amd64 alone. */
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
  return { directory, index: several.root, platforms: several.images.map(({ descriptor }) => descriptor), image: one.root }
}

/** A copy of the layout, for a client that writes to it. */
export async function copyLayout({ directory }: Hello, to: string): Promise<string> {
  await cp(directory, to, { recursive: true })
  return to
}
