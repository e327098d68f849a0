/**
 * Which directories a layer names. On scratch all of them, so that the layer stands by itself. On a base we must not name what the
 * base has: an entry for `/bin` would replace the link that `/bin` is on today's systems, one for `/tmp` would take its sticky bit, one
 * for the working directory its owner. Runtimes make what is missing.
 */

/** Directories at the top that belong to the system; what is in opt, srv, mnt and media belongs to whoever puts it there. */
const SYSTEM_TREES = new Set([
  'bin',
  'boot',
  'dev',
  'etc',
  'home',
  'lib',
  'lib32',
  'lib64',
  'libx32',
  'proc',
  'root',
  'run',
  'sbin',
  'sys',
  'tmp',
  'usr',
  'var',
])
const TOPS_OF_OTHERS = ['opt', 'srv', 'mnt', 'media']
/** Filesystem Hierarchy Standard 3.0, chapters 4 and 5, and merged-/usr. */
const SYSTEM_DIRECTORIES = new Set([
  ...SYSTEM_TREES,
  ...TOPS_OF_OTHERS,
  ...['bin', 'games', 'include', 'lib', 'lib32', 'lib64', 'libexec', 'libx32', 'local', 'sbin', 'share', 'src'].map((name) => `usr/${name}`),
  ...['bin', 'etc', 'games', 'include', 'lib', 'man', 'sbin', 'share', 'src'].map((name) => `usr/local/${name}`),
  ...['cache', 'lib', 'local', 'lock', 'log', 'mail', 'opt', 'run', 'spool', 'tmp'].map((name) => `var/${name}`),
  'run/lock',
])

export interface Below {
  /** Absolute working directory of the base, which it has made and given an owner. */
  readonly workdir: string
}

/** Whether a directory that only leads to something is named in the layer. `base` is undefined on scratch. */
export function namesParent(path: string, base: Below | undefined): boolean {
  if (base === undefined) return true
  const top = path.split('/', 1)[0] ?? ''
  return !SYSTEM_TREES.has(top) && !SYSTEM_DIRECTORIES.has(path) && !leadsTo(path, base.workdir)
}

/** Whether a directory that was taken from the context, or given an owner or mode, is named in the layer. */
export function namesContent(path: string, told: boolean, base: Below | undefined): boolean {
  if (base === undefined) return true
  return !SYSTEM_DIRECTORIES.has(path) && (told || !leadsTo(path, base.workdir))
}

/** Every directory above a path, outermost first. */
export function* parentsOf(path: string): Generator<string> {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) yield path.slice(0, slash)
}

function leadsTo(path: string, workdir: string): boolean {
  return `${workdir}/`.startsWith(`/${path}/`)
}
