/**
 * Which proxy a URL is reached through, by the rules of HTTP_PROXY, HTTPS_PROXY and NO_PROXY as Go's tools (docker, skopeo, crane) read them.
 * What does not belong here: talking to the proxy (tunnel).
 */
import { Failure } from '../../kit/failure.ts'
import { Secret } from '../../kit/secret.ts'
import { isLoopbackHost } from './addresses.ts'
import type { NetworkSettings } from './network-settings.ts'

export interface Proxy {
  /** Without user and password; may be shown. */
  readonly url: URL
  /** For the header Proxy-Authorization. */
  readonly authorization?: Secret
}

/** @throws Failure CONFIG_INVALID, at the first URL that would need a proxy that cannot be understood */
export function createProxyChoice(network: NetworkSettings): (url: URL) => Proxy | undefined {
  const known = new Map<string, Proxy>()
  const exceptions = (network.noProxy ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  return (url) => {
    const secure = url.protocol === 'https:'
    const given = (secure ? network.httpsProxy : network.httpProxy)?.trim() ?? ''
    if (given === '' || isLoopbackHost(url.hostname) || exceptions.some((entry) => matches(entry, url))) return undefined
    const proxy = known.get(given) ?? readProxy(given, secure ? 'HTTPS_PROXY' : 'HTTP_PROXY')
    known.set(given, proxy)
    return proxy
  }
}

/** @param name of the variable it came from; its value may hold a password and is never shown */
function readProxy(text: string, name: string): Proxy {
  const odd = (cause: string): Failure =>
    new Failure('CONFIG_INVALID', `cannot use the proxy of ${name}`, { cause, hint: `Set ${name} to a URL like http://proxy.example.com:3128, or unset it.` })
  const whole = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(whole)) throw odd('it is not a URL')
  const url = new URL(whole)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw odd(`${url.protocol.slice(0, 10)}// proxies are not supported, only http:// and https:// ones`)
  const { username, password } = url
  const bare = new URL(url.origin)
  if (username === '' && password === '') return { url: bare }
  const pair = `${plain(username)}:${plain(password)}`
  return { url: bare, authorization: new Secret(`Basic ${Buffer.from(pair).toString('base64')}`) }
}

/** A password that somebody wrote with a bare `%` is meant as it stands. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** One entry of NO_PROXY: `*`, a name with all below it, `.name` and `*.name` for those below only, an address, a range; each with a port or not. */
function matches(entry: string, url: URL): boolean {
  if (entry === '*') return true
  const host = bareHost(url.hostname)
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const net = process.getBuiltinModule('node:net')
  const range = /^(.+)\/([0-9]{1,3})$/.exec(entry)
  if (range) return inRange(host, bareHost(range[1] ?? ''), Number(range[2]))
  const withPort = net.isIP(entry) === 0 ? /^(.+):([0-9]+)$/.exec(entry) : null
  if (withPort && withPort[2] !== port) return false
  const name = bareHost(withPort?.[1] ?? entry)
  if (net.isIP(name) !== 0 || net.isIP(host) !== 0) return name === host
  const below = /^\*?\./.test(name) ? name.replace(/^\*/, '') : `.${name}`
  return host.endsWith(below) || host === name
}

function bareHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

function inRange(host: string, network: string, bits: number): boolean {
  const net = process.getBuiltinModule('node:net')
  const family = net.isIP(host)
  if (family === 0 || net.isIP(network) !== family || bits > (family === 4 ? 32 : 128)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new net.BlockList()
  list.addSubnet(network, bits, kind)
  return list.check(host, kind)
}
