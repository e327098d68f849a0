/**
 * Packages out of an SBOM: SPDX 2.x JSON and CycloneDX JSON, bare or as the predicate of an in-toto statement. Only name, version and type
 * are read; what has another form has no packages.
 * Nothing here is proven: who needs to rely on it verifies the attachment first.
 */
import { isObject, type Json, type JsonObject, parseStrictJson } from '../../kit/json.ts'

export interface Package {
  /** Package URL without version and qualifiers where there is one, else the name. */
  readonly name: string
  readonly version: string
}

/** undefined when the bytes are no SBOM of a form that is known. @throws Failure CONTENT_INVALID for broken JSON */
export function packagesIn(bytes: Uint8Array): Package[] | undefined {
  const json = parseStrictJson(bytes, 'the SBOM')
  return isObject(json) ? packagesOf(json) : undefined
}

function packagesOf(json: JsonObject): Package[] | undefined {
  if (isObject(json['predicate'])) return packagesOf(json['predicate'])
  // cosign before version 3 wraps the document once more.
  if (isObject(json['Data'])) return packagesOf(json['Data'])
  if (typeof json['spdxVersion'] === 'string') return distinct(objects(json['packages']).map(spdxPackage))
  if (json['bomFormat'] === 'CycloneDX') return distinct(components(json['components']).map(cycloneDxPackage))
  return undefined
}

function spdxPackage(entry: JsonObject): Package | undefined {
  const purl = objects(entry['externalRefs']).find((ref) => ref['referenceType'] === 'purl')?.['referenceLocator']
  return named(purl, entry['name'], entry['versionInfo'])
}

function cycloneDxPackage(entry: JsonObject): Package | undefined {
  if (entry['type'] === 'file' || entry['type'] === 'operating-system') return undefined
  return named(entry['purl'], entry['name'], entry['version'])
}

function named(purl: Json | undefined, name: Json | undefined, version: Json | undefined): Package | undefined {
  const plain = typeof purl === 'string' ? (purl.split(/[?#]/)[0] ?? '').replace(/@[^@/]*$/, '') : ''
  const text = plain === '' ? name : plain
  return typeof text === 'string' && text !== '' ? { name: text, version: typeof version === 'string' ? version : '' } : undefined
}

/** Components may hold components. */
function components(value: Json | undefined): JsonObject[] {
  const found: JsonObject[] = []
  const open = objects(value)
  for (let next = open.shift(); next; next = open.shift()) {
    found.push(next)
    open.push(...objects(next['components']))
  }
  return found
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : []
}

function distinct(packages: ReadonlyArray<Package | undefined>): Package[] {
  return [...new Map(packages.flatMap((each) => (each === undefined ? [] : [[`${each.name}@${each.version}`, each] as const]))).values()]
}
