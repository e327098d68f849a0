/** The official suite of the OCI (distribution-spec/conformance) against the embedded registry. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from '../../../../src/kit/secret.ts'
import { describePeers } from '../../../../tools/peers/with-peers.ts'
import { makeDirectory, serve } from './http.ts'

const run = promisify(execFile)

describePeers(['oci-conformance'], 'the official conformance suite', (peers) => {
  // `dev` has what is to come with the next version: cancelled uploads, tag parameters, digest headers.
  test.each([
    ['1.1', undefined, 0],
    ['dev', 'basic', 0],
    // The suite keeps its first token for a repository, which does not allow to read the one that a mount comes from.
    ['1.1', 'token', 4],
  ] as const)('version %s, credentials: %s, skipped: %i', { timeout: 240_000 }, async (version, mode, skipped) => {
    const password = new Secret('letmein')
    const registry = await serve(mode ? { auth: { username: 'suite', password, mode } } : {})
    const results = await makeDirectory()
    const env = {
      OCI_REGISTRY: registry.host,
      OCI_TLS: 'disabled',
      OCI_VERSION: version,
      OCI_RESULTS_DIR: results,
      ...(mode ? { OCI_USERNAME: 'suite', OCI_PASSWORD: password.reveal() } : {}),
    }
    const { stdout } = await run(peers['oci-conformance'].bin, [], { env, cwd: results, maxBuffer: 64 * 1024 * 1024 })
    const count = (name: string): number => Number(new RegExp(`^\\s+${name}\\.*:\\s+(\\d+)$`, 'm').exec(stdout)?.[1] ?? Number.NaN)
    expect({ fail: count('FAIL'), error: count('Error'), skip: count('Skip') }).toEqual({ fail: 0, error: 0, skip: skipped })
    expect(count('Pass')).toBeGreaterThan(800)
  })
})
