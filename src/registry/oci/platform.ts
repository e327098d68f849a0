/** Platforms: `os/architecture[/variant]`. OCI image-spec v1.1 image-index.md. */
import { Failure } from '../../kit/failure.ts'
import type { JsonObject } from '../../kit/json.ts'

export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly 'os.version'?: string
}

const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** `linux/arm64/v8` → value. @throws Failure INPUT_INVALID */
export function readPlatform(text: string): Platform {
  const [os, architecture, variant, ...more] = text.split('/')
  const words = [os, architecture, variant].filter((word) => word !== undefined)
  if (os === undefined || architecture === undefined || more.length > 0 || !words.every((word) => WORD.test(word))) {
    throw new Failure('INPUT_INVALID', `"${text.slice(0, 80)}" is not a platform`, {
      hint: 'Write os/architecture or os/architecture/variant, e.g. linux/amd64 or linux/arm64/v8.',
    })
  }
  return { os, architecture, ...(variant === undefined ? {} : { variant }) }
}

export function printPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant].filter((word) => word !== undefined).join('/')
}

/** Reads the platform of a descriptor. @throws Failure CONTENT_INVALID */
export function parsePlatform(value: JsonObject, where: string): Platform {
  const { os, architecture, variant } = value
  if (typeof os !== 'string' || typeof architecture !== 'string') throw new Failure('CONTENT_INVALID', `${where} has a platform without os or architecture`)
  return {
    os,
    architecture,
    ...(typeof variant === 'string' ? { variant } : {}),
    ...(typeof value['os.version'] === 'string' ? { 'os.version': value['os.version'] } : {}),
  }
}
