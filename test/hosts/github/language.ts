/**
 * Bundles GitHub's own parser and language service, and loads the result: as published they import JSON without saying so,
 * which Node refuses (actions/languageservices#387).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import type { language } from './language-entry.ts'

export type Language = typeof language

export async function loadLanguage(): Promise<Language> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-language-'))
  try {
    const build = await rolldown({ input: join(import.meta.dirname, 'language-entry.ts'), platform: 'node', logLevel: 'silent' })
    await build.write({ dir: directory, format: 'esm', entryFileNames: 'language.mjs', codeSplitting: false })
    await build.close()
    const bundled = (await import(pathToFileURL(join(directory, 'language.mjs')).href)) as { readonly language: Language }
    return bundled.language
  } finally {
    await rm(directory, { recursive: true })
  }
}
