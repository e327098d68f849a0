/** Jenkins' own CPS transformation accepts everything that we ship for it, and is shown to refuse what it should. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type GroovyServer, ROOT, startGroovyServer } from './groovy-server.ts'

const below = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .map((path) => join(folder, path))

const SOURCES = [...below('jenkins', /\.groovy$/), ...below('examples/jenkins', /Jenkinsfile$/)]

describePeers(['groovy', 'groovy-cps', 'jenkins-pipeline-unit', 'junit'], 'the CPS transformation', () => {
  let server: GroovyServer
  beforeAll(async () => {
    server = startGroovyServer()
    await server.ready()
  })
  afterAll(async () => {
    await server.close()
  })

  test('there is something to look at', () => {
    expect(SOURCES.length).toBeGreaterThanOrEqual(10)
  })

  test.each(SOURCES)('%s', async (path) => {
    expect(await server.lint({ name: path.replaceAll(/\W/g, '_'), text: readFileSync(join(ROOT, path), 'utf8') })).toBeUndefined()
  })

  test.each([
    ['synchronized', 'def call() { synchronized (this) { sh "x" } }', 'synchronized is unsupported'],
    ['broken', 'def call( { }', 'startup failed'],
    ['unknown class', 'import io.kubeferry.Nowhere\ndef call() { new Nowhere() }', 'unable to resolve class'],
  ])('refuses %s', async (name, text, why) => {
    expect(await server.lint({ name: name.replaceAll(' ', '_'), text })).toContain(why)
  })
})
