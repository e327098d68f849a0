/** How messages speak of AWS: where an identity came from, and why it was refused. */
import { Failure } from '../../../../kit/failure.ts'
import { told, type Variables } from './cloud.ts'

/** Words for the SDK's own marks of where an identity came from. */
export function sourceOf($source: object, variables: Variables): string {
  const marks = Object.keys($source).join(' ')
  if (/CREDENTIALS_(?:PROFILE|SSO|PROCESS|LOGIN)/.test(marks)) return `the AWS profile "${variables['AWS_PROFILE'] ?? 'default'}"`
  if (marks.includes('WEB_ID')) return 'the AWS web identity of this run (AWS_WEB_IDENTITY_TOKEN_FILE)'
  if (marks.includes('CREDENTIALS_ENV_VARS')) return 'the AWS access key in the environment (AWS_ACCESS_KEY_ID)'
  if (marks.includes('CREDENTIALS_HTTP')) return 'the AWS role of this container (AWS_CONTAINER_CREDENTIALS_…_URI)'
  return 'the AWS role of this machine (instance metadata)'
}

/** What was there while the chain was still looking. */
export function sourceTried(variables: Variables): string {
  if (variables['AWS_PROFILE'] !== undefined) return `the AWS profile "${variables['AWS_PROFILE']}"`
  if (variables['AWS_WEB_IDENTITY_TOKEN_FILE'] !== undefined) return 'the AWS web identity of this run (AWS_WEB_IDENTITY_TOKEN_FILE)'
  return 'the AWS identity of this machine'
}

export function refusal(error: unknown, what: string, secrets: readonly (string | undefined)[], from: string): Failure {
  const status = statusOf(error)
  const name = error instanceof Error ? error.name : 'Error'
  const text = error instanceof Error ? error.message : String(error)
  const cause = `${name}: ${told(text, secrets)}`
  const message = `cannot ${what} with ${from}`
  if (status >= 500 || status === 429)
    return new Failure('REGISTRY_UNAVAILABLE', message, { cause, hint: 'Run the same command again in a while.', facts: { status } })
  if (status >= 400) {
    const hint =
      'Look whether the role may do this (ecr:GetAuthorizationToken, or sts:AssumeRoleWithWebIdentity for this run), and whether its token has run out.'
    return new Failure('AUTH_DENIED', message, { cause, hint, facts: { status } })
  }
  return new Failure('CREDENTIALS_UNREADABLE', message, { cause, hint: 'Try: aws sts get-caller-identity' })
}

function statusOf(error: unknown): number {
  const metadata = typeof error === 'object' && error !== null && '$metadata' in error ? error.$metadata : undefined
  const status = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : 0
  return typeof status === 'number' ? status : 0
}
