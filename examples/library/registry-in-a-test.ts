/** A registry of one's own for each test: real HTTP, no container, gone afterwards. `node --test registry-in-a-test.ts` */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createClient, freeCall, isFailure, parseTag, pushArtifact, resolveImage, serveRegistry } from 'kubeferry'

test('what was pushed is found under its tag, and nothing else is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'registry-'))
  {
    await using registry = await serveRegistry({ directory })
    using client = createClient()
    const { target } = client.open(`${registry.host}/team/config`)
    const tag = parseTag('v1')

    const pushed = await pushArtifact(target, { artifactType: 'application/vnd.example.config.v1', tag }, freeCall())

    assert.equal((await resolveImage(target, { tag }, freeCall())).digest, pushed.digest)
    await assert.rejects(resolveImage(target, { tag: parseTag('v2') }, freeCall()), (error) => isFailure(error, 'IMAGE_NOT_FOUND'))
  }
  await rm(directory, { recursive: true })
})
