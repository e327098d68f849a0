/** Readers of documents: docker's config, manifests, index.json, image configs, error bodies. Bytes, so not always UTF-8. */

import { matchAuth, parseDockerConfig, readAuth } from '../../src/registry/http/credentials/docker-config.ts'
import { parseErrors } from '../../src/registry/http/error-body.ts'
import { digestOf, isDigest } from '../../src/registry/oci/digest.ts'
import { parseImageConfig } from '../../src/registry/oci/image-config.ts'
import { childrenOf, parseManifest } from '../../src/registry/oci/manifest.ts'
import { isManifestType, MEDIA } from '../../src/registry/oci/media-types.ts'
import { findTag, parseIndex, printIndex, rootsOf, tagsOf } from '../../src/registry/target/layout/entries.ts'
import { type FuzzTarget, holds, outcome, shapeOf } from './target.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const DESCRIPTOR = `{"mediaType":"${MEDIA.layer}","digest":"${DIGEST}","size":3}`
const JSON_TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '9007199254740993',
  '""',
  '{}',
  '[]',
  '\\',
  '\\u0000',
  '\\ud800',
  '\uFEFF',
  ' ',
  '\n',
  '"__proto__":',
  '"constructor":',
  '\u00ff',
]

/** Half of the inputs as UTF-8, half byte for byte: then what is above U+007F is no UTF-8 any more. */
const bytesOf = (input: string): Uint8Array => Buffer.from(input, input.length % 2 === 0 ? 'utf8' : 'latin1')

const dockerConfig: FuzzTarget = {
  name: 'docker-config',
  tokens: [
    ...JSON_TOKENS,
    '"auths":',
    '"credHelpers":',
    '"credsStore":',
    '"auth":',
    '"username":',
    '"password":',
    '"identitytoken":',
    '"registrytoken":',
    '"docker.io"',
    '"https://index.docker.io/v1/"',
    '"registry.example.com/team"',
    '"Ym9iOmh1bnRlcjI="',
  ],
  check: (input) =>
    outcome(() => {
      const config = parseDockerConfig(input)
      if (!config) return 'none'
      const repositories = ['docker.io', 'registry.example.com'].map((registry) => ({ registry, path: 'team/app' }))
      const found = repositories.map((repository) => matchAuth(config, repository))
      const read = found.map((match) => (match ? readAuth(match.entry, match.key, 'test') : undefined))
      for (const credential of read) {
        if (typeof credential !== 'object') continue
        const secret = credential.kind === 'basic' ? credential.password : credential.token
        holds(`${secret}` === '***' && JSON.stringify(secret) === '"***"', 'a secret is not printed')
      }
      return `${shapeOf(config)} ${read.map((one) => (typeof one === 'object' ? one.kind : typeof one)).join()}`
    }),
}

const manifest: FuzzTarget = {
  name: 'manifest',
  tokens: [
    ...JSON_TOKENS,
    DESCRIPTOR,
    '"mediaType":',
    `"${MEDIA.index}"`,
    `"${MEDIA.manifest}"`,
    `"${MEDIA.dockerList}"`,
    '"config":',
    '"layers":',
    '"manifests":',
    '"subject":',
    '"annotations":',
    '"artifactType":',
    '"schemaVersion":1',
    '"fsLayers":',
    '"platform":',
    DIGEST,
  ],
  check: (input) =>
    outcome(() => {
      const bytes = bytesOf(input)
      const before = digestOf(bytes)
      const read = parseManifest(bytes)
      holds(read.descriptor.digest === before && digestOf(read.bytes) === before, 'the bytes stay what they are')
      holds(read.descriptor.size === bytes.length && isManifestType(read.descriptor.mediaType), 'its own descriptor is right')
      for (const child of childrenOf(read))
        holds(isDigest(child.digest) && Number.isSafeInteger(child.size) && child.size >= 0, 'children have digests and sizes')
      holds(shapeOf(parseManifest(bytes, read.descriptor.mediaType)) === shapeOf(read), 'announced as what it is it reads the same')
      return shapeOf({ ...read, bytes: undefined, descriptor: undefined }, 2)
    }),
}

const index: FuzzTarget = {
  name: 'index',
  tokens: [
    ...JSON_TOKENS,
    DESCRIPTOR,
    '"manifests":',
    '"annotations":{"org.opencontainers.image.ref.name":"v1"}',
    '"docker.io/library/nginx:1"',
    `{"mediaType":"${MEDIA.manifest}","digest":"${DIGEST}","size":3}`,
    '"digest":"md5:1"',
  ],
  check: (input) =>
    outcome(() => {
      const read = parseIndex(bytesOf(input), 'index.json')
      const printed = printIndex(read)
      holds(printIndex(parseIndex(Buffer.from(printed), 'index.json')) === printed, 'what is written reads the same')
      const tags = tagsOf(read)
      for (const tag of tags) outcome(() => `${findTag(read, tag, 'index.json')?.digest}`)
      for (const digest of rootsOf(read).keys()) holds(isDigest(digest), 'roots have digests')
      return `${Math.min(read.entries.length, 3)} ${Math.min(tags.length, 3)} ${rootsOf(read).size}`
    }),
}

const config: FuzzTarget = {
  name: 'image-config',
  tokens: [...JSON_TOKENS, '"os":"linux"', '"architecture":"amd64"', '"rootfs":', '"diff_ids":', `"${DIGEST}"`, '"created":', '"variant":'],
  check: (input) =>
    outcome(() => {
      const read = parseImageConfig(bytesOf(input))
      for (const diffId of read.diffIds) holds(isDigest(diffId), 'a diff_id is a digest')
      return shapeOf({ ...read, json: undefined }, 2)
    }),
}

const errors: FuzzTarget = {
  name: 'error-body',
  tokens: [...JSON_TOKENS, '"errors":', '"code":', '"message":', '"detail":', '"MANIFEST_UNKNOWN"', '\\u001b[31m', '<html>'],
  check: (input) =>
    outcome(() => {
      const read = parseErrors(bytesOf(input))
      for (const { code, message } of read) {
        holds(!/\p{Cc}/u.test(code + message), 'nothing of it steers a terminal')
        holds(code.length <= 200 && message.length <= 1000, 'it is short')
      }
      return shapeOf(read)
    }),
}

export const DOCUMENT_TARGETS: readonly FuzzTarget[] = [dockerConfig, manifest, index, config, errors]
