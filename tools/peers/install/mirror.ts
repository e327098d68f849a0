/** The Debian mirror that this machine's apt uses for `main`, read off its sources. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Unavailable } from './child.ts'

export type Mirror = { readonly uri: string; readonly keyring: string | undefined }

const apt = '/etc/apt'
const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

export function debianMirror(): Mirror {
  const files = [join(apt, 'sources.list')]
  const parts = join(apt, 'sources.list.d')
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)))
  const mirrors = files
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8').replace(/^#.*\n?/gm, '')
      return file.endsWith('.sources') ? ofStanzas(text) : file.endsWith('.list') ? ofLines(text) : []
    })
  // Security and third-party archives do not carry the other suites; the archive's own path says which one it is.
  const found = mirrors.find(({ uri }) => /\/debian\/?$/.test(uri))
  if (found === undefined) throw new Unavailable("no Debian mirror among apt's sources")
  return found
}

function ofStanzas(text: string): Mirror[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string): string[] =>
      stanza
        .match(new RegExp(`^${name}:[ \\t]*(.*)$`, 'im'))?.[1]
        ?.split(/\s+/)
        .filter(Boolean) ?? []
    if (!field('Types').includes('deb') || !field('Components').includes('main')) return []
    return field('URIs').map((uri) => ({ uri, keyring: keyring(field('Signed-By')[0]) }))
  })
}

function ofLines(text: string): Mirror[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri, components = ''] = line.match(/^deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+\S+\s+(.*)$/) ?? []
    if (uri === undefined || !components.split(/\s+/).includes('main')) return []
    return [{ uri, keyring: keyring(options.match(/signed-by=(\S+)/)?.[1]) }]
  })
}

/** Keys may also be written into the sources; then Debian's own keyring does, if it is there. */
function keyring(named: string | undefined): string | undefined {
  if (named !== undefined && existsSync(named)) return named
  return existsSync(debianKeyring) ? debianKeyring : undefined
}
