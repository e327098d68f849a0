/** What a child may know of this process's environment: how to reach a network, and no more. */

import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Place } from './place.ts'

const passed = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'JAVA_HOME',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'GOPROXY',
  'GOSUMDB',
  'GONOSUMDB',
  'GOPRIVATE',
]

export function childEnvironment(place: Place): Record<string, string> {
  const env: Record<string, string> = { HOME: place.home }
  for (const name of passed) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

export function goEnvironment(place: Place): Record<string, string> {
  const env = childEnvironment(place)
  // `go env -w` keeps its settings (a company's proxy, for one) under the real home, which children do not see.
  const settings = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'go/env')
  return {
    ...env,
    ...(existsSync(settings) ? { GOENV: settings } : {}),
    GOPATH: place.go,
    GOMODCACHE: join(place.go, 'pkg/mod'),
    GOCACHE: join(place.go, 'cache'),
    GOBIN: place.bin,
    // modcacherw: so that deleting the folder is only `rm -r`.
    GOFLAGS: '-buildvcs=false -modcacherw -mod=readonly -trimpath',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
    GOWORK: 'off',
  }
}
