/**
 * The contract of a Target, held by our client against each real server. What a server cannot hold is named here with its reason, and
 * must really fail, in the way given: a server that learns it, or that fails in another way, is noticed.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRegistryClient, type RegistryClient } from '../../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { targetContract } from '../../contracts/target-contract.ts'
import { describeKind, KIND_NAMES, type KindName } from './kinds.ts'
import type { Server } from './servers.ts'

interface Cannot {
  /** Name of the test in the contract. */
  readonly point: string
  readonly why: string
  /** What the failure says. */
  readonly says: RegExp
}

/** distribution stores under sha256 alone (distribution#4420), whichever digest it was asked for. */
const SHA512: Cannot = { point: 'sha512, of blobs and manifests', why: 'manifests only under sha256', says: /cannot push sha512:/ }
/** It wants to have every layer, or to be told in its configuration which addresses foreign ones may have. */
const FOREIGN: Cannot = { point: 'a layer that may not be distributed, and is not there', why: 'wants to have every layer', says: /cannot push sha256:/ }

const CANNOT: Readonly<Record<KindName, readonly Cannot[]>> = {
  'our own': [],
  'distribution 2': [
    SHA512,
    FOREIGN,
    {
      point: 'untag takes the tag and neither its siblings nor the image',
      why: 'deletes digests alone, and a digest takes the siblings along: our client refuses',
      says: /cannot remove the tag a of /,
    },
    {
      point: 'a blob is no manifest, even with the bytes of one',
      why: 'finds manifests among the blobs of the repository too',
      says: /expected true to be false/,
    },
  ],
  'distribution 3': [SHA512, FOREIGN],
  'go-containerregistry': [
    { point: 'a manifest needs its blobs first (korifi#2381)', why: 'does not look for the blobs of a manifest', says: /resolved "'stored'"/ },
    {
      point: 'remove takes the manifest and its tags; other images and shared blobs stay',
      why: 'a tag is a copy of the manifest and outlives its digest',
      says: /to be undefined/,
    },
  ],
}

for (const name of KIND_NAMES) {
  const cannot = CANNOT[name]
  describeKind(name, (start) => {
    let server: Server
    let client: RegistryClient
    let repositories = 0
    const met = new Set<string>()
    beforeAll(async () => {
      server = await start()
      client = createRegistryClient({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
    })
    afterAll(async () => {
      client.close()
      await server.stop()
    })
    // vitest turns the result around after the hooks: a test that `fails` passes when it failed.
    beforeEach(({ task }) => {
      met.add(task.name)
      Object.assign(task, { fails: cannot.some(({ point }) => point === task.name) })
    })
    afterEach(({ task }) => {
      const expected = cannot.find(({ point }) => point === task.name)
      const errors = task.result?.errors ?? []
      if (expected && errors.length > 0 && !errors.every(({ message }) => expected.says.test(message))) Object.assign(task, { fails: false })
    })
    targetContract(name, async () => {
      repositories += 1
      return { target: openRemote({ registry: server.host, path: `contract/r${repositories}` }, client), cleanup: async () => {} }
    })
    test('every exception names a point of the contract', () => {
      expect(cannot.filter(({ point }) => !met.has(point))).toEqual([])
    })
  })
}
