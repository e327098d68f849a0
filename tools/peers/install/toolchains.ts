/** Which toolchains are there, told by PATH alone. */

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Toolchain } from '../pin.ts'

const programs: Record<Toolchain, readonly string[]> = {
  go: ['go'],
  apt: ['apt-get', 'apt-config', 'dpkg-deb'],
  java: ['java', 'mvn'],
  sh: ['sh', 'unshare'],
}

/** Undefined when all are there, else what to tell. */
export function lacking(needs: readonly Toolchain[]): string | undefined {
  const absent = needs.flatMap((toolchain) => programs[toolchain]).filter((program) => !onPath(program))
  return absent.length === 0 ? undefined : `no ${absent.join(', no ')} on this machine`
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
