/**
 * Where a URL that a registry gave us may lead: judged by the address it resolves to, at the moment of connecting (DNS rebinding).
 * ggcr#2193/#2243/#2302, CVE-2026-48978: self-hosted registries must keep working, cloud metadata must stay out of reach.
 */
import type { LookupFunction } from 'node:net'

/** How far in an address lies. `forbidden`: link-local, cloud metadata, unspecified, multicast. */
export type Reach = 'public' | 'private' | 'loopback' | 'forbidden'

type Range = readonly [address: string, bits: number, family: 'ipv4' | 'ipv6']

// Order matters: single metadata addresses lie within wider ranges. fd00:ec2::254 is AWS, 100.100.100.200 Alibaba, 168.63.129.16 Azure, 192.0.0.192 Oracle.
const RANGES: ReadonlyArray<readonly [Reach, readonly Range[]]> = [
  [
    'loopback',
    [
      ['127.0.0.0', 8, 'ipv4'],
      ['::1', 128, 'ipv6'],
    ],
  ],
  [
    'forbidden',
    [
      ['0.0.0.0', 8, 'ipv4'],
      ['169.254.0.0', 16, 'ipv4'],
      ['100.100.100.200', 32, 'ipv4'],
      ['168.63.129.16', 32, 'ipv4'],
      ['192.0.0.192', 32, 'ipv4'],
      ['224.0.0.0', 4, 'ipv4'],
      ['240.0.0.0', 4, 'ipv4'],
      ['::', 128, 'ipv6'],
      ['fe80::', 10, 'ipv6'],
      ['fd00:ec2::254', 128, 'ipv6'],
      ['ff00::', 8, 'ipv6'],
    ],
  ],
  [
    'private',
    [
      ['10.0.0.0', 8, 'ipv4'],
      ['172.16.0.0', 12, 'ipv4'],
      ['192.168.0.0', 16, 'ipv4'],
      ['100.64.0.0', 10, 'ipv4'],
      ['fc00::', 7, 'ipv6'],
      ['fec0::', 10, 'ipv6'],
    ],
  ],
]

let lists: ReadonlyArray<{ reach: Reach; check(address: string, family: 'ipv4' | 'ipv6'): boolean }> | undefined

/** @param address an IP address, without brackets */
export function reachOf(address: string): Reach {
  const net = process.getBuiltinModule('node:net')
  lists ??= RANGES.map(([reach, ranges]) => {
    const list = new net.BlockList()
    for (const [start, bits, family] of ranges) list.addSubnet(start, bits, family)
    return { reach, check: (text, family) => list.check(text, family) }
  })
  const plain = embeddedIpv4(address) ?? address
  const family = net.isIP(plain)
  if (family === 0) return 'forbidden'
  return lists.find((list) => list.check(plain, family === 4 ? 'ipv4' : 'ipv6'))?.reach ?? 'public'
}

/** The IPv4 address inside an IPv4-mapped, NAT64 or 6to4 address: they reach the same machine. */
function embeddedIpv4(address: string): string | undefined {
  if (!address.includes(':')) return undefined
  const groups = expand(address)
  if (!groups) return undefined
  const dotted = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
  const [first = 0, second = 0, third = 0, , , sixth = 0, seventh = 0, eighth = 0] = groups
  const zeros = groups.slice(0, 5).every((group) => group === 0)
  if (zeros && sixth === 0xffff) return dotted(seventh, eighth)
  if (zeros && sixth === 0 && (seventh !== 0 || eighth > 1)) return dotted(seventh, eighth)
  if (first === 0x64 && second === 0xff9b) return dotted(seventh, eighth)
  return first === 0x2002 ? dotted(second, third) : undefined
}

function expand(address: string): number[] | undefined {
  // The URL parser writes every IPv6 form as plain groups of hexadecimal digits.
  if (!URL.canParse(`http://[${address.split('%')[0] ?? ''}]`)) return undefined
  const text = new URL(`http://[${address.split('%')[0] ?? ''}]`).hostname.slice(1, -1)
  const [head = '', tail] = text.split('::')
  const words = (part: string): number[] => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)))
  const left = words(head)
  const right = tail === undefined ? [] : words(tail)
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
}

/**
 * Whether a place that was named by a registry may be connected to.
 * @param address where the place resolves to
 * @param registry the address the registry itself was reached at
 */
export function mayReach(address: string, registry: string): boolean {
  if (address === registry) return true
  const there = reachOf(address)
  const here = reachOf(registry)
  if (there === 'public') return true
  if (there === 'private') return here === 'private' || here === 'loopback'
  return there === 'loopback' && here === 'loopback'
}

/** True for names and addresses of this machine, which may be spoken to without TLS. */
export function isLoopbackHost(hostname: string): boolean {
  const plain = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (plain === 'localhost' || plain.endsWith('.localhost')) return true
  return process.getBuiltinModule('node:net').isIP(plain) !== 0 && reachOf(plain) === 'loopback'
}

/** A DNS lookup that only hands out addresses that may be reached. */
export function guardedLookup(registry: string): LookupFunction {
  return (hostname, options, callback) => {
    const dns = process.getBuiltinModule('node:dns')
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      const allowed = found.filter(({ address }) => mayReach(address, registry))
      const first = allowed[0]
      if (!first) return callback(refused(hostname), '', 0)
      if (options.all) return callback(null, allowed)
      return callback(null, first.address, first.family)
    })
  }
}

export function refused(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is an address on the inside, where this registry must not send us`), { code: 'ERR_ADDRESS_REFUSED' })
}
