import { Session, retry, type Middleware, type SessionOptions, type SessionStatistics } from '@sluice/http'

/** Options of the clients of static data: those of a session, whose `baseUrl` they have by default. */
export interface StaticClientOptions extends Omit<SessionOptions, 'raiseForStatus'> {
  /** Where the files are, if not at the site itself: a mirror, or a server of your tests. */
  baseUrl?: string | URL | undefined
  /** Default: `[retry()]`. */
  middleware?: readonly Middleware[] | undefined
}

/** What the clients of static data have in common: a session of their own, which ends with them. */
export class StaticClient implements AsyncDisposable {
  readonly #session: Session

  /** @internal */
  constructor(session: Session) {
    this.#session = session
  }

  /** What the client's session has done and is doing. */
  statistics(): SessionStatistics {
    return this.#session.statistics()
  }

  /** Takes no more calls, waits for those in flight and closes every connection. */
  close(options?: { graceMs?: number }): Promise<void> {
    return this.#session.close(options)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/**
 * The base class of a client whose methods come from a table: `make` gets the session and the base URL without a slash at its end.
 * `outer` is middleware of the client's own, which stands outside of the caller's.
 */
export function staticClient<Options extends StaticClientOptions, Methods extends object>(
  site: string,
  make: (session: Session, baseUrl: string, options: Options) => Methods,
  outer: (options: Options) => readonly Middleware[] = () => [],
): new (options?: Options) => StaticClient & Methods {
  class Client extends StaticClient {
    constructor(options: Options = {} as Options) {
      const { baseUrl = site, middleware = [retry()] } = options
      const session = new Session({ ...options, baseUrl, middleware: [...outer(options), ...middleware] })
      super(session)
      // Own properties: a method may be taken off its client and handed on.
      Object.assign(this, make(session, new URL(baseUrl).href.replace(/\/+$/, ''), options))
    }
  }
  return Client as never
}
