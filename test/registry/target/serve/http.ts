/** Raw HTTP against the embedded registry, and registries for one test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type RunningRegistry, type ServeOptions, serveRegistry } from '../../../../src/registry/target/serve/serve.ts'
import { emptyConfig, imageOf, type Piece } from '../../../contracts/content.ts'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The first error code of a distribution error body. */
  readonly code: string | undefined
}

export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-serve-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export async function serve(options: Partial<ServeOptions> = {}): Promise<RunningRegistry & { readonly directory: string }> {
  const directory = options.directory ?? (await makeDirectory())
  const registry = await serveRegistry({ ...options, directory })
  onTestFinished(() => registry.close())
  return { ...registry, directory }
}

/** @param target method and path, e.g. `GET /v2/` */
export async function ask(
  registry: { readonly url: string },
  target: string,
  headers: Record<string, string> = {},
  body?: Uint8Array | string,
): Promise<Reply> {
  const [method = 'GET', path = '/'] = target.split(' ')
  return new Promise((resolve, reject) => {
    const sent = request(`${registry.url}/`, { method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, code: codeIn(whole) })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function codeIn(body: Buffer): string | undefined {
  try {
    const value = JSON.parse(body.toString()) as { errors?: Array<{ code?: string }> } | null
    return value?.errors?.[0]?.code
  } catch {
    return undefined
  }
}

export async function pushBlob(registry: { readonly url: string }, repository: string, { descriptor, bytes }: Piece): Promise<void> {
  const reply = await ask(registry, `POST /v2/${repository}/blobs/uploads/?digest=${descriptor.digest}`, { 'content-type': 'application/octet-stream' }, bytes)
  expect(reply.status).toBe(201)
}

export async function pushManifest(
  registry: { readonly url: string },
  repository: string,
  manifest: Piece,
  reference: string = manifest.descriptor.digest,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(registry, `PUT /v2/${repository}/manifests/${reference}`, { 'content-type': manifest.descriptor.mediaType, ...headers }, manifest.bytes)
}

/** An image with its blobs, under the reference. */
export async function pushImage(registry: { readonly url: string }, repository: string, name: string, reference?: string): Promise<Piece> {
  const { manifest, blobs } = imageOf(name)
  for (const blob of [...blobs, emptyConfig]) await pushBlob(registry, repository, blob)
  expect((await pushManifest(registry, repository, manifest, reference)).status).toBe(201)
  return manifest
}

/** Starts an upload. @returns its path */
export async function startUpload(registry: { readonly url: string }, repository: string): Promise<string> {
  const reply = await ask(registry, `POST /v2/${repository}/blobs/uploads/`, { 'content-length': '0' })
  expect(reply.status).toBe(202)
  return String(reply.headers.location)
}
