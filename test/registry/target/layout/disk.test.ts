/** The layout on disk: what other tools wrote is understood and kept; what is wrong is said, never called absent. */
import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import type { Digest } from '../../../../src/registry/oci/digest.ts'
import { fallbackTag } from '../../../../src/registry/oci/digest.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import { all, emptyConfig, get, imageOf, indexOf, manifestOf, piece, put, putImage } from '../../../contracts/content.ts'
import { checkLayout } from './check.ts'
import { makePlace } from './place.ts'

const call = freeCall()
const REF_NAME = 'org.opencontainers.image.ref.name'

interface Index {
  [key: string]: unknown
  manifests: Array<{ digest: string; mediaType: string; size: number; annotations?: Record<string, string>; [key: string]: unknown }>
}

async function readIndex(directory: string): Promise<Index> {
  return JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as Index
}

async function editIndex(directory: string, edit: (index: Index) => void): Promise<void> {
  const index = await readIndex(directory)
  edit(index)
  await writeFile(join(directory, 'index.json'), JSON.stringify(index))
}

function blobPath(directory: string, digest: Digest): string {
  return join(directory, 'blobs', digest.replace(':', '/'))
}

async function made(): Promise<{ directory: string; target: ReturnType<typeof openLayout> }> {
  const directory = join(await makePlace(), 'out')
  return { directory, target: openLayout(directory) }
}

describe('which directories are layouts', { timeout: 30_000 }, () => {
  test('one that does not exist holds nothing, and the first write makes it', async () => {
    const { directory, target } = await made()
    expect(await target.resolve(parseTag('v1'), call)).toBeUndefined()
    await expect(stat(directory)).rejects.toMatchObject({ code: 'ENOENT' })
    await put(target, piece('first'))
    expect((await readdir(directory)).toSorted()).toEqual(['.ferry', 'blobs', 'index.json', 'oci-layout'])
    expect(await readFile(join(directory, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}')
  })

  test('one that exists and is none is a failure, not an absent image', async () => {
    const place = await makePlace()
    await writeFile(join(place, 'notes.txt'), 'mine')
    const target = openLayout(place)
    await expect(target.resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(put(target, piece('x'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    expect(await readdir(place)).toEqual(['notes.txt'])
  })

  test('an empty one holds nothing and becomes one by writing, also the root of a fresh volume', async () => {
    const place = await makePlace()
    await mkdir(join(place, 'lost+found'))
    expect(await openLayout(place).resolve(parseTag('v1'), call)).toBeUndefined()
    expect((await readdir(place)).length).toBe(1)
    await putImage(openLayout(place), 'a')
    expect((await checkLayout(place)).entries).toHaveLength(1)
  })

  test('a file is none', async () => {
    const place = await makePlace()
    await writeFile(join(place, 'file'), 'x')
    await expect(openLayout(join(place, 'file')).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(put(openLayout(join(place, 'file')), piece('x'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  test('one of another version is refused', async () => {
    const { directory, target } = await made()
    await put(target, piece('x'))
    await writeFile(join(directory, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}')
    await expect(openLayout(directory).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('one without index.json, or with one that is no JSON, is damaged', async () => {
    const { directory, target } = await made()
    await put(target, piece('x'))
    await writeFile(join(directory, 'index.json'), '{"manifests": [')
    await expect(target.resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    await rm(join(directory, 'index.json'))
    await expect(target.resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('create: false writes only to what is there', async () => {
    const { directory } = await made()
    await expect(put(openLayout(directory, { create: false }), piece('x'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await put(openLayout(directory), piece('x'))
    await put(openLayout(directory, { create: false }), piece('y'))
  })

  test('one that was removed and made again is read anew', async () => {
    const { directory, target } = await made()
    const { descriptor } = await putImage(target, 'a')
    await target.tag(descriptor, parseTag('v1'), call)
    await rm(directory, { recursive: true })
    expect(await target.resolve(parseTag('v1'), call)).toBeUndefined()
    await putImage(target, 'a')
    expect(await target.resolve(descriptor.digest, call)).toMatchObject(descriptor)
  })

  test('a read-only one is read, and writing says why not [case 56]', async () => {
    const { directory, target } = await made()
    const { descriptor } = await putImage(target, 'a')
    await target.tag(descriptor, parseTag('v1'), call)
    await chmod(join(directory, '..'), 0o755)
    for (const name of ['.', '.ferry', '.ferry/lock', '.ferry/incoming', 'blobs', 'blobs/sha256']) await chmod(join(directory, name), 0o555)
    // Modes do not bind root, so another user tries.
    const child = spawn(process.execPath, [join(import.meta.dirname, 'reader.ts'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    })
    let output = ''
    child.stdout.on('data', (text) => {
      output += String(text)
    })
    await new Promise((resolve) => child.once('close', resolve))
    for (const name of ['.', '.ferry', '.ferry/lock', '.ferry/incoming', 'blobs', 'blobs/sha256']) await chmod(join(directory, name), 0o755)
    expect(JSON.parse(output)).toEqual({ found: descriptor.digest, push: 'FILE_UNREADABLE', tag: 'FILE_UNREADABLE' })
  })
})

describe('index.json', { timeout: 30_000 }, () => {
  test('keeps fields, entries and annotations that are not known', async () => {
    const { directory, target } = await made()
    const { descriptor } = await putImage(target, 'a')
    const strange = {
      mediaType: 'application/vnd.example.unknown',
      digest: 'blake3:00ff',
      size: 3,
      annotations: { [REF_NAME]: 'odd', note: 'keep' },
      'org.example': [1],
    }
    await editIndex(directory, (index) => {
      index['org.example.top'] = { kept: true }
      index.manifests.push(strange)
      index.manifests[0] = { ...descriptor, annotations: { 'org.example.note': 'mine' }, extra: 7 }
    })
    await target.tag(descriptor, parseTag('v1'), call)
    const index = await readIndex(directory)
    expect(index['org.example.top']).toEqual({ kept: true })
    expect(index.manifests).toContainEqual(strange)
    expect(index.manifests).toContainEqual({ ...descriptor, extra: 7, annotations: { 'org.example.note': 'mine', [REF_NAME]: 'v1' } })
    // The entry that cannot be understood has the name, so the tag is not absent.
    await expect(target.resolve(parseTag('odd'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('one name with two digests is ambiguous, with one digest twice it is not', async () => {
    const { directory, target } = await made()
    const [one, two] = [(await putImage(target, 'one')).descriptor, (await putImage(target, 'two')).descriptor]
    await editIndex(directory, (index) => {
      index.manifests = [
        { ...one, annotations: { [REF_NAME]: 'same' } },
        { ...two, annotations: { [REF_NAME]: 'both' } },
        { ...one, annotations: { [REF_NAME]: 'same' } },
        { ...one, annotations: { [REF_NAME]: 'both' } },
      ]
    })
    await expect(target.resolve(parseTag('both'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    expect(await target.resolve(parseTag('same'), call)).toMatchObject(one)
    await target.tag(two, parseTag('both'), call)
    expect(await target.resolve(parseTag('both'), call)).toMatchObject(two)
  })

  test('a full image name is read as its tag, a tag of its own wins', async () => {
    const { directory, target } = await made()
    const [one, two] = [(await putImage(target, 'one')).descriptor, (await putImage(target, 'two')).descriptor]
    await editIndex(directory, (index) => {
      index.manifests = [
        { ...one, annotations: { [REF_NAME]: 'docker.io/library/nginx:1.27' } },
        { ...two, annotations: { [REF_NAME]: 'localhost:5000/app' } },
      ]
    })
    expect(await target.resolve(parseTag('1.27'), call)).toMatchObject(one)
    expect(await all(target.tags(call))).toEqual(['1.27'])
    await target.tag(two, parseTag('1.27'), call)
    expect(await target.resolve(parseTag('1.27'), call)).toMatchObject(two)
    await target.untag(parseTag('1.27'), call)
    expect(await target.resolve(parseTag('1.27'), call)).toBeUndefined()
    expect(await target.resolve(one.digest, call)).toMatchObject(one)
    expect((await readIndex(directory)).manifests).toContainEqual({ ...two, annotations: { [REF_NAME]: 'localhost:5000/app' } })
  })

  test('lists what is pushed: children of an index give up their entry, referrers keep it, and it comes back', async () => {
    const { directory, target } = await made()
    const digests = async (): Promise<string[]> => (await readIndex(directory)).manifests.map((entry) => entry.digest).toSorted()
    const children = [await putImage(target, 'amd64'), await putImage(target, 'arm64')]
    const attached = manifestOf({ more: { subject: children[0]?.descriptor, artifactType: 'application/vnd.example.sbom' } })
    await put(target, emptyConfig, attached)
    expect(await digests()).toEqual([...children, attached].map((one) => one.descriptor.digest).toSorted())
    const index = indexOf([...children, attached])
    await put(target, index)
    await target.tag(index.descriptor, parseTag('v1'), call)
    expect(await digests()).toEqual([index, attached].map((one) => one.descriptor.digest).toSorted())
    await target.remove(index.descriptor, call)
    expect(await digests()).toEqual([...children, attached].map((one) => one.descriptor.digest).toSorted())
    await checkLayout(directory)
  })

  test('a child cannot be taken from under its index', async () => {
    const { target } = await made()
    const child = await putImage(target, 'child')
    const index = indexOf([child])
    await put(target, index)
    await expect(target.remove(child.descriptor, call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    const [, layer] = imageOf('child').blobs
    await expect(target.remove(layer?.descriptor ?? child.descriptor, call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(await target.has(child.descriptor, call)).toBe(true)
    await target.remove(index.descriptor, call)
    await target.remove(child.descriptor, call)
    expect(await target.has(child.descriptor, call)).toBe(false)
  })

  test('what stands already is not written again', async () => {
    const { directory, target } = await made()
    const { descriptor } = await putImage(target, 'a')
    await target.tag(descriptor, parseTag('v1'), call)
    const before = await stat(join(directory, 'index.json'), { bigint: true })
    await target.tag(descriptor, parseTag('v1'), call)
    await target.untag(parseTag('never'), call)
    await putImage(target, 'a')
    const after = await stat(join(directory, 'index.json'), { bigint: true })
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs])
  })
})

describe('referrers', { timeout: 30_000 }, () => {
  test('of the fallback tag are listed too, by their own bytes; an index that is the subject is not', async () => {
    const { directory, target } = await made()
    const subject = await putImage(target, 'subject')
    const referrer = manifestOf({ more: { subject: subject.descriptor, artifactType: 'application/vnd.example.true' } })
    await put(target, emptyConfig, referrer)
    const listed = { ...referrer, descriptor: { ...referrer.descriptor, artifactType: 'application/vnd.example.lie' } }
    const fallback = indexOf([listed, subject])
    await put(target, fallback)
    await target.tag(fallback.descriptor, parseTag(fallbackTag(subject.descriptor.digest)), call)
    // As another tool would have left it: the referrer is only in the fallback index.
    await editIndex(directory, (index) => {
      index.manifests = index.manifests.filter((entry) => entry.digest !== referrer.descriptor.digest)
    })
    expect(await all(target.referrers(subject.descriptor.digest, call))).toEqual([{ ...referrer.descriptor, artifactType: 'application/vnd.example.true' }])
    // GitLab lets the tag sha256-… name the subject itself (oras-go#1396).
    const index = indexOf([referrer], { annotations: { a: 'b' } })
    await put(target, index)
    await target.tag(index.descriptor, parseTag(fallbackTag(index.descriptor.digest)), call)
    expect(await all(target.referrers(index.descriptor.digest, call))).toEqual([])
    // A fallback index does not keep a referrer from being removed; any other index does.
    await expect(target.remove(referrer.descriptor, call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await target.remove(index.descriptor, call)
    await target.remove(referrer.descriptor, call)
    expect(await all(target.referrers(subject.descriptor.digest, call))).toEqual([])
  })

  test('a damaged manifest fails the listing instead of shortening it', async () => {
    const { directory, target } = await made()
    const subject = await putImage(target, 'subject')
    const referrer = manifestOf({ more: { subject: subject.descriptor, artifactType: 'application/vnd.example.signature' } })
    await put(target, emptyConfig, referrer)
    const file = blobPath(directory, referrer.descriptor.digest)
    await rm(file)
    await writeFile(file, Buffer.from(referrer.bytes).fill(32, 10, 20))
    await expect(all(openLayout(directory).referrers(subject.descriptor.digest, call))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })
})

describe('blobs', { timeout: 30_000 }, () => {
  test('that are symbolic links are refused, for reading and as something that is there (ggcr#2306)', async () => {
    const { directory, target } = await made()
    const secret = piece('content of a file elsewhere')
    const outside = join(directory, '..', 'outside')
    await writeFile(outside, secret.bytes)
    await put(target, piece('x'))
    await symlink(outside, blobPath(directory, secret.descriptor.digest))
    await expect(get(target, secret.descriptor)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    await expect(target.has(secret.descriptor, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    const other = openLayout(join(directory, '..', 'other'))
    await expect(other.mount(secret.descriptor, target, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('in a directory that is a symbolic link are refused', async () => {
    const { directory, target } = await made()
    const blob = piece('elsewhere')
    await put(target, blob)
    await rename(join(directory, 'blobs', 'sha256'), join(directory, '..', 'moved'))
    await symlink(join(directory, '..', 'moved'), join(directory, 'blobs', 'sha256'))
    await expect(get(openLayout(directory), blob.descriptor)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    await expect(put(openLayout(directory), piece('more'))).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('that were cut off are not there, and pushing mends them', async () => {
    const { directory, target } = await made()
    const blob = piece('a blob that loses its end')
    await put(target, blob)
    await chmod(blobPath(directory, blob.descriptor.digest), 0o644)
    await truncate(blobPath(directory, blob.descriptor.digest), 5)
    expect(await target.has(blob.descriptor, call)).toBe(false)
    await expect(get(target, blob.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(await target.push(blob.descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
  })

  test('that changed are not handed out to the end', async () => {
    const { directory, target } = await made()
    const blob = piece(Buffer.alloc(600_000, 'a'))
    await put(target, blob)
    const file = blobPath(directory, blob.descriptor.digest)
    await rm(file)
    await writeFile(file, Buffer.alloc(600_000, 'b'))
    const body = await target.fetch(blob.descriptor, call)
    let received = 0
    const reading = (async () => {
      for await (const chunk of body.open(10)) received += chunk.length
    })()
    await expect(reading).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(received).toBeLessThan(599_990)
  })

  test('a tag whose content is missing is a failure, not an absent tag', async () => {
    const { directory, target } = await made()
    const { descriptor } = await putImage(target, 'a')
    await target.tag(descriptor, parseTag('v1'), call)
    await rm(blobPath(directory, descriptor.digest))
    await expect(target.resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    expect(await target.has(descriptor, call)).toBe(false)
    await putImage(target, 'a')
    expect(await target.resolve(parseTag('v1'), call)).toMatchObject(descriptor)
  })
})

describe('mount', { timeout: 30_000 }, () => {
  test('links from another layout, refuses what is damaged there, and knows no other sources', async () => {
    const { directory, target } = await made()
    const other = openLayout(join(directory, '..', 'other'))
    const [blob, bad] = [piece('shared layer'), piece('will be damaged')]
    await put(other, blob, bad)
    expect(await target.mount(blob.descriptor, other, call)).toBe(true)
    expect(await target.mount(blob.descriptor, other, call)).toBe(true)
    expect(await target.has(blob.descriptor, call)).toBe(true)
    const [here, there] = [blobPath(directory, blob.descriptor.digest), blobPath(other.directory, blob.descriptor.digest)]
    expect((await stat(here)).ino).toBe((await stat(there)).ino)
    expect(await target.mount(piece('nowhere').descriptor, other, call)).toBe(false)
    expect(await target.mount(blob.descriptor, createMemoryTarget(), call)).toBe(false)
    const file = blobPath(other.directory, bad.descriptor.digest)
    await rm(file)
    await writeFile(file, 'WILL BE DAMAGED')
    await expect(target.mount(bad.descriptor, other, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(await target.has(bad.descriptor, call)).toBe(false)
    await mkdir(join(directory, '.ferry', 'incoming'), { recursive: true })
    expect(await readdir(join(directory, '.ferry', 'incoming'))).toEqual([])
  })
})
