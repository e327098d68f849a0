/**
 * The embedded registry for users of the library, loaded when it is first served. A surface of its own, so that what the server learns
 * for our tests is not promised to everybody.
 */
import type { AccessLine } from '../../registry/target/serve/access.ts'
import type { ServeAuth } from '../../registry/target/serve/auth.ts'

export interface ServeOptions {
  /** Where the repositories are, one OCI layout each; made when it is not there. */
  readonly directory: string
  /** Default 127.0.0.1: nobody else reaches it. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Called when a request is answered. */
  readonly onAccess?: (line: AccessLine) => void
  /** Who may use it; default everybody who reaches it. */
  readonly auth?: ServeAuth
  /** Milliseconds after which an upload that nobody goes on with is dropped. Default 24 hours. */
  readonly uploadIdle?: number
}

export interface RunningRegistry {
  /** `http://127.0.0.1:5055` */
  readonly url: string
  /** `127.0.0.1:5055`, as it stands before a repository in a reference. */
  readonly host: string
  /** Takes no more requests, lets those that run finish for two seconds, then cuts them off. */
  close(): Promise<void>
  /** The same, for `await using registry = await serveRegistry(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A registry over HTTP, distribution-spec v1.1, on loopback unless told otherwise.
 * @throws Failure INPUT_INVALID when the port is taken, FILE_UNREADABLE when the directory is of no use
 */
export async function serveRegistry(options: ServeOptions): Promise<RunningRegistry> {
  const { serveRegistry: serve } = await import('../../registry/target/serve/serve.ts')
  const { url, host, close } = await serve(options)
  return { url, host, close, [Symbol.asyncDispose]: close }
}
