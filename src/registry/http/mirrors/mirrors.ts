/**
 * Content by digest from whoever has it: the mirrors of a repository are asked in order, each for a short time, and one that fails is left
 * alone for a while. Nothing here ever fails an operation, and nothing here says that something is absent: the registry itself does.
 * What does not belong here: whether bytes are right (who reads proves them and tells of a lie).
 */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure, reasons } from '../../../kit/failure.ts'
import { createRedactor } from '../../../kit/redact.ts'
import type { Digest } from '../../oci/digest.ts'
import type { Repository } from '../../oci/reference.ts'
import { repositoryScope } from '../auth/scope.ts'
import type { Engine } from '../engine.ts'
import type { Answer, Request } from '../request.ts'
import type { Places } from './find-places.ts'
import type { Place } from './place.ts'

export interface Wanted extends Pick<Request, 'what' | 'headers' | 'largest'> {
  readonly kind: 'manifests' | 'blobs'
  readonly digest: Digest
}

export interface MirrorAnswer {
  /** Status 200. */
  readonly answer: Answer
  /** `host:port` of who gave it. */
  readonly mirror: string
  /** To be called when its bytes were wrong: it is not asked again, and that is said. @param why what was wrong */
  lied(why: string): void
  /** To be called when it broke off. */
  broke(): void
}

export interface Mirrors {
  /** @throws Failure CONFIG_INVALID when a registry is forbidden */
  allow(repository: Repository, what: string): void
  /** Answers of mirrors, one after the other, as long as the reader wants another. */
  ask(repository: Repository, wanted: Wanted, call: Call): AsyncIterable<MirrorAnswer>
  any(repository: Repository): boolean
}

/** Milliseconds until a mirror has begun to answer; the registry is there too, so nobody waits long. */
const PATIENCE = 10_000
/** Milliseconds for which a mirror that failed is left alone; doubles each time. */
const FIRST_REST = 10_000
const LONGEST_REST = 300_000

interface Record {
  until: number
  rest: number
}

/** @param engineOf how a place is spoken to @param scale what waits are multiplied with: 1, but less in tests */
export function createMirrors(places: Places, engineOf: (place: Place) => Engine, scale: number, warn: (text: string) => void): Mirrors {
  const records = new Map<string, Record>()
  const recordOf = ({ origin, base }: Place): Record => {
    const key = `${origin.origin}${base}`
    const record = records.get(key) ?? { until: 0, rest: FIRST_REST * scale }
    records.set(key, record)
    return record
  }
  const leaveAlone = (place: Place): void => {
    const record = recordOf(place)
    record.until = performance.now() + record.rest
    record.rest = Math.min(record.rest * 2, LONGEST_REST * scale)
  }

  async function answerOf(place: Place, repository: Repository, wanted: Wanted, call: Call): Promise<Answer | undefined> {
    if (place.trust.unverified)
      warn(`the mirror ${place.origin.host} is used without a look at its certificate, as ${place.from} says; what it sends is proven by digest`)
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), PATIENCE)
    try {
      const answer = await engineOf(place).send(requestFor(place, wanted), { ...call, signal: AbortSignal.any([call.signal, late.signal]) })
      // What only this repository lacks says nothing of the mirror.
      if (answer.status === 200) {
        recordOf(place).rest = FIRST_REST * scale
        return answer
      }
      for await (const _rest of answer.chunks ?? []) break
      return undefined
    } catch (error) {
      throwIfStopped(call)
      leaveAlone(place)
      // A mirror may repeat what it was sent.
      const redactor = createRedactor()
      for (const value of place.headers.values()) redactor.add(value)
      const why = late.signal.aborted ? `no answer within ${PATIENCE / 1000} s` : (reasons(error)[0] ?? (error instanceof Error ? error.message : ''))
      warn(`the mirror ${place.origin.host} for ${repository.registry} is left alone for a while: ${redactor.clean(why)}`)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    allow(repository, what) {
      const entry = places.blocked(repository)
      if (!entry) return
      throw new Failure('CONFIG_INVALID', `cannot ${what}`, {
        cause: `${entry.prefix} is blocked in ${entry.from}`,
        hint: 'Use another registry, or have the entry changed by whoever keeps that file. Nothing was sent.',
        facts: { file: entry.from, prefix: entry.prefix },
      })
    },
    any: (repository) => places.of(repository).length > 0,
    async *ask(repository, wanted, call) {
      for (const place of places.of(repository)) {
        if (recordOf(place).until > performance.now()) continue
        throwIfStopped(call)
        const answer = await answerOf(place, repository, wanted, call)
        if (!answer) continue
        yield {
          answer,
          mirror: place.origin.host,
          lied(why) {
            recordOf(place).until = Number.POSITIVE_INFINITY
            warn(`the mirror ${place.origin.host} sent something else for ${wanted.digest} (${why}); it was not used, and the mirror is not asked again`)
          },
          broke: () => leaveAlone(place),
        }
      }
    },
  }
}

function requestFor(place: Place, { what, kind, digest, headers, largest }: Wanted): Request {
  const { registry, path, base, namespace } = place
  const query = namespace === undefined ? '' : `?ns=${encodeURIComponent(namespace)}`
  return {
    what: `${what} at the mirror ${registry}`,
    method: 'GET',
    repository: { registry, path },
    at: `${base}/${path}/${kind}/${digest}${query}`,
    headers: { ...headers, ...Object.fromEntries([...place.headers].map(([name, value]) => [name, value.reveal()])) },
    scopes: [repositoryScope(path, 'pull')],
    largest,
    expect: [200, 404],
    tries: 1,
    follow: 'anywhere',
  }
}
