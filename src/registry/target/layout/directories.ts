/**
 * Making a directory with its parents. Node's own `mkdir` with `recursive` never returns where a parent exists and takes no
 * children (/proc), so the walk is ours: up to what exists, then down, each step once.
 */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from './trouble.ts'

/** Does nothing when it is there. @throws the system's error, e.g. ENOENT where nothing can be made */
export async function makeDirectories(directory: string): Promise<void> {
  if (await made(directory)) return
  const parent = dirname(directory)
  if (parent !== directory) await makeDirectories(parent)
  await mkdir(directory).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
}

async function made(directory: string): Promise<boolean> {
  try {
    await mkdir(directory)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return true
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}
