/** From what happened to what a person reads: network errors and statuses that nobody expected, as Failures with the next move. */
import { Failure, type FailureOptions } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { errorText } from './error-body.ts'
import { type Answer, contentType } from './request.ts'
import { isPassing } from './request-line.ts'
import { PROXY_REFUSED, PROXY_UNREACHABLE, PROXY_WANTS_LOGIN } from './tunnel.ts'
import { isPlainAnswer, isTrustError, type WireError } from './wire-error.ts'

/** @param what as it follows "cannot " */
export function networkFailure(what: string, url: URL, error: WireError): Failure {
  const facts = { host: url.host, network: error.code }
  const message = `cannot ${what}`
  if (error.code === PROXY_WANTS_LOGIN) {
    return new Failure('AUTH_DENIED', message, {
      cause: error.message,
      facts,
      hint: 'Put the right user and password into HTTPS_PROXY or HTTP_PROXY (http://user:password@proxy:3128), or name the registry in NO_PROXY. Special characters are written as %40 and the like.',
    })
  }
  if (error.code === PROXY_REFUSED || error.code === PROXY_UNREACHABLE) {
    const first =
      error.code === PROXY_REFUSED
        ? `Ask whoever runs the proxy to let ${url.host} through`
        : 'Look whether HTTPS_PROXY and HTTP_PROXY are right and the proxy runs'
    return new Failure('REGISTRY_UNAVAILABLE', message, {
      cause: `${url.host}: ${error.message}`,
      facts,
      hint: `${first}, or name ${url.hostname} in NO_PROXY when it is reached without one.`,
    })
  }
  if (error.code === 'ERR_ADDRESS_REFUSED') {
    return new Failure('REDIRECT_REFUSED', message, {
      cause: error.message,
      facts,
      hint: 'The registry names a place inside your network or the cloud metadata service. If that is meant, use the registry by its inside address.',
    })
  }
  if (isTrustError(error)) {
    return new Failure('TLS_UNTRUSTED', message, {
      cause: `the certificate of ${url.host} is not trusted: ${error.message}`,
      facts,
      hint: `Name the authority that signed it in a PEM file (ca-file), or have the certificate of ${url.host} renewed.`,
    })
  }
  if (isPlainAnswer(error)) {
    return new Failure('REGISTRY_UNAVAILABLE', message, {
      cause: `${url.host} speaks plain HTTP, not HTTPS`,
      facts,
      hint: `If that is meant, list ${url.host} under plain-http.`,
    })
  }
  if (error.code.startsWith('HPE_')) {
    return new Failure('PROTOCOL_ERROR', message, {
      cause: `${url.host} does not answer with HTTP (${error.code})`,
      facts,
      hint: 'Is this the address and port of a registry? Does it want https?',
    })
  }
  const hints: Record<string, string> = {
    ENOTFOUND: `No machine has the name ${url.hostname}. A typing mistake? Is a VPN or a proxy needed?`,
    ECONNREFUSED: `Nothing listens at ${url.host}. Is the registry started, is the port right?`,
  }
  return new Failure('REGISTRY_UNAVAILABLE', message, {
    cause: `${url.host}: ${error.message}`,
    facts,
    hint: hints[error.code] ?? 'Run the same command again in a while; what was done is kept.',
  })
}

/**
 * A status that is no answer to this request.
 * @param identity how the request was authorised, in words: `as bob (from ~/.docker/config.json)`, `anonymously`
 */
export function statusFailure(
  what: string,
  answer: Answer,
  identity: { words: string; anonymous: boolean; notes: readonly string[] },
  repository: string,
): Failure {
  const host = new URL(answer.url).host
  const codes = answer.errors.map(({ code }) => code).filter((code) => code !== '')
  const text = errorText(answer.errors, answer.bytes)
  const options: FailureOptions & { cause: string } = {
    cause: `${host} answered ${answer.status}${text === '' ? '' : `: ${text}`}`,
    facts: { host, status: answer.status, codes },
  }
  const message = `cannot ${what}`
  const { status } = answer
  if (status === 401 || status === 403) {
    const notes = identity.notes.length > 0 ? ` Note: ${identity.notes.join('; ')}.` : ''
    if (identity.anonymous)
      return new Failure('AUTH_REQUIRED', message, {
        ...options,
        hint: `Log in to the registry (docker login ${repository.split('/')[0]}) or give user name and password.${notes}`,
      })
    return new Failure('AUTH_DENIED', `${message} ${identity.words}`, {
      ...options,
      hint: `The credentials are wrong, or lack the right for ${repository}. Ask whoever runs the registry for pull, push or delete as needed.${notes}`,
    })
  }
  if (status === 429)
    return new Failure('RATE_LIMITED', message, {
      ...options,
      hint: 'Too many requests in a short time. Run the same command again later, log in, or use a mirror.',
    })
  if (isPassing(status) || status >= 500)
    return new Failure('REGISTRY_UNAVAILABLE', message, { ...options, hint: 'Run the same command again in a while; what was done is kept.' })
  if (status === 413)
    return new Failure('LIMIT_REACHED', message, {
      ...options,
      hint: 'The registry or a proxy before it limits the size of uploads (nginx: client_max_body_size).',
    })
  return notRegistry(what, answer) ?? new Failure('PROTOCOL_ERROR', message, { ...options, hint: 'The registry answered something that is not expected here.' })
}

/** The Failure for an answer that no registry gives: a login page, a web server; undefined when it could be one. */
export function notRegistry(what: string, answer: Answer): Failure | undefined {
  if (!contentType(answer).includes('html')) return undefined
  const host = new URL(answer.url).host
  return new Failure('PROTOCOL_ERROR', `cannot ${what}`, {
    cause: `${host} answered ${answer.status} with a web page: ${printable(Buffer.from(answer.bytes.subarray(0, 600)).toString('utf8').replaceAll(/\s+/g, ' ').trim(), 120)}`,
    hint: 'This is not a registry. A captive portal, a login page or a proxy stands in between, or the host name is wrong.',
    facts: { host, status: answer.status },
  })
}
