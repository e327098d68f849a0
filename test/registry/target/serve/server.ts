/** The embedded registry as a process of its own: DIRECTORY. Prints its URL. */
import { writeSync } from 'node:fs'
import { serveRegistry } from '../../../../src/registry/target/serve/serve.ts'

const registry = await serveRegistry({ directory: process.argv[2] ?? '' })
writeSync(1, `${registry.url}\n`)
