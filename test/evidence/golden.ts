/** Reading what record-golden.ts recorded. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** An image with everything attached to it, children before what points to them. */
export interface GoldenFile {
  readonly madeBy: string
  readonly image: string
  readonly publicKey: string
  readonly privateKey: string
  readonly content: Array<{ readonly mediaType: string; readonly base64: string }>
}

export const GOLDEN_PASSWORD = 'golden'
/** What the clock said when we signed. */
export const OURS_SIGNED_AT = new Date('2026-11-25T00:00:00Z')

export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`golden/${name}.json`, import.meta.url))
}

export async function readGolden(name: string): Promise<GoldenFile> {
  return JSON.parse(await readFile(goldenPath(name), 'utf8')) as GoldenFile
}
