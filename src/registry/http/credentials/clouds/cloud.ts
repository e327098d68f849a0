/**
 * What a source of credentials is that nobody configured: the run's or the machine's own identity, for a host that is recognisably
 * of that cloud or CI system. What does not belong here: one particular cloud.
 */
import { readFile } from 'node:fs/promises'
import type { Call } from '../../../../kit/call.ts'
import { printable } from '../../../../kit/printable.ts'
import type { Credential, Lease } from '../credential.ts'
import type { EcrPlace } from './amazon-hosts.ts'
import type { CloudToken } from './answers.ts'
import type { CloudAsk } from './ask.ts'

export type Variables = Readonly<Record<string, string>>

/** The clouds' own clients, each loaded when a host of that cloud wants a login. */
export interface CloudClients {
  amazon(): Promise<{
    /** @returns undefined when the chain ends without an identity */
    ecrLogin(place: EcrPlace, surroundings: Surroundings, call: Call): Promise<Credential | undefined>
  }>
  google(): Promise<{
    /** @param words what the file is called in messages */
    tokenOfFile(text: string, words: string, ask: CloudAsk, call: Call): Promise<CloudToken>
  }>
}

/** What a source may look at. */
export interface Surroundings {
  /** The environment as the host handed it over. */
  readonly variables: Variables
  readonly ask: CloudAsk
  readonly clients: CloudClients
  /** Where a registry is. */
  originOf(registry: string): URL
}

/** A credential, or what was looked at in vain, in words. */
export type Finding = { readonly credential: Credential } | { readonly looked: readonly string[] }

export interface CloudSource {
  /** How messages call the owner: `AWS`. */
  readonly name: string
  /** Two registries with the same key share one login; undefined for a registry that is none of this source. */
  keyOf(registry: string, variables: Variables): string | undefined
  /** Whether its registries show images to anybody: then an identity that fails is a note, and access is tried without. */
  readonly showsPublic: boolean
  /** @throws Failure when there is an identity and it was refused or cannot be used */
  find(registry: string, surroundings: Surroundings, call: Call): Promise<Finding>
}

/** A credential that lives for so many milliseconds from now, renewed before its last quarter, or the last fifteen minutes. */
export function leaseOf(life: number): Lease {
  let until = performance.now() + life - Math.min(15 * 60_000, life / 4)
  return {
    fresh: () => performance.now() < until,
    end: () => {
      until = 0
    },
  }
}

/** What a cloud said, fit for a message: its first line, without the values of these secrets. */
export function told(text: string, secrets: readonly (string | undefined)[] = []): string {
  let line = text.trim().split(/[\r\n]/, 1)[0] ?? ''
  for (const secret of secrets) if (secret !== undefined && secret !== '') line = line.replaceAll(secret, '***')
  return printable(line, 300)
}

const VENDOR_FILE = '/sys/class/dmi/id/sys_vendor'

/**
 * Whether asking the machine's metadata service is worth a second: when the maker of the machine says so, or when it cannot be told
 * and this is a pod. A laptop never waits for it.
 */
export async function mayBeMachineOf(maker: RegExp, variables: Variables, file = VENDOR_FILE): Promise<boolean> {
  const vendor = await readFile(file, 'utf8').catch(() => undefined)
  return vendor === undefined ? variables['KUBERNETES_SERVICE_HOST'] !== undefined : maker.test(vendor)
}
