/** What Jenkins says of the build in its variables; KubeSphere DevOps runs Jenkins, so it says the same. */
import type { RunFacts } from '../../step/context.ts'
import type { Variables } from '../credentials.ts'

export function jenkinsFacts(variables: Variables): RunFacts {
  const number = variables['BUILD_NUMBER']
  const revision = variables['GIT_COMMIT']
  const source = variables['GIT_URL']
  return {
    ...(number ? { buildNumber: number } : {}),
    ...(revision ? { revision } : {}),
    ...(source ? { source: withoutLogin(source) } : {}),
  }
}

/** A clone URL may carry a token; the annotation that it becomes is public. */
function withoutLogin(source: string): string {
  if (!URL.canParse(source)) return source
  const url = new URL(source)
  if (url.username === '' && url.password === '') return source
  url.username = ''
  url.password = ''
  return url.href
}
