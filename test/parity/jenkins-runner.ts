/**
 * Jenkins: the real var and launcher under Jenkins' own Groovy, whose `sh` starts the real command line. One JVM for all runs.
 * A cancelled run gets SIGINT here, so that it compares with the other hosts; what Jenkins itself sends (SIGTERM to every
 * process of the build) is tested in test/live/jenkins.
 */
import { varName } from '../../src/hosts/jenkins/files.ts'
import { inputsOf } from '../../src/step/common-inputs.ts'
import { type GroovyServer, type StoredCredential, startGroovyServer } from '../live/jenkins/groovy-server.ts'
import type { HostRunner, Outcome, Run } from './host-runner.ts'

let server: GroovyServer | undefined

export const jenkinsRunner: HostRunner = {
  host: 'jenkins',
  async run(run) {
    server ??= startGroovyServer()
    const { args, credentials } = argumentsOf(run)
    const outcome = await server.run({
      text: `@Library('kubeferry') _\nreturn ${varName(run.step)}(theArgs)`,
      mode: 'plain',
      workspace: run.directory,
      args,
      credentials,
      ...(run.variables === undefined ? {} : { variables: run.variables }),
      ...(run.interruptAfter === undefined ? {} : { interrupt: { after: run.interruptAfter, signal: 'INT', abort: false } }),
    })
    if (outcome.exitCode === null) throw new Error(`the var did not start ferry: ${outcome.log}`)
    return { exitCode: outcome.exitCode, outputs: (outcome.value ?? {}) as Outcome['outputs'], log: outcome.log }
  },
}

/** What the call in the Jenkinsfile says, and what its credentials hold. */
function argumentsOf({ step, inputs }: Run): { args: Record<string, unknown>; credentials: Record<string, StoredCredential> } {
  const known = inputsOf(step)
  const args: Record<string, unknown> = {}
  const credentials: Record<string, StoredCredential> = {}
  const { registryUsername, registryPassword, ...others } = inputs
  if (registryPassword !== undefined) {
    credentials['registry'] = { kind: 'usernamePassword', username: String(registryUsername ?? ''), password: String(registryPassword) }
    args['credentialsId'] = 'registry'
  } else if (registryUsername !== undefined) args['registryUsername'] = registryUsername
  for (const [name, value] of Object.entries(others)) {
    const field = known[name]
    if (field?.shape !== 'secret') args[name] = value
    else {
      credentials[name] = field.word === 'private-key' ? { kind: 'file', content: String(value) } : { kind: 'string', secret: String(value) }
      args[`${name}CredentialsId`] = name
    }
  }
  return { args, credentials }
}
