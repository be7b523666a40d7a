import type * as Undici from 'undici'
import type { ProxyChoice } from './proxy-settings.ts'
import type { TlsOptions } from './types.ts'

/** What connections are made with. */
export interface ConnectorOptions {
  readonly keepAlive: number
  readonly maxHeaderSize: number
  readonly http2: boolean
  readonly tls: TlsOptions
  readonly socketPath: string | undefined
  readonly proxy: ProxyChoice | undefined
}

/** A connection that is being made and can be given up. */
export interface Connecting {
  destroy(error: Error): unknown
}

/** Opens a socket. Returns what ends the attempt, if there is something to end. */
export type Connect = (
  options: Undici.buildConnector.Options,
  callback: Undici.buildConnector.Callback,
) => Connecting | undefined

/** How requests get to an origin. */
export interface Route {
  /** What the client connects to: the origin, or a proxy that wants the whole URL in the request line. */
  readonly target: string
  /** Goes before the path in the request line: the origin for such a proxy, otherwise nothing. */
  readonly pathPrefix: string
  /** `[name, value, …]` for such a proxy. */
  readonly headers: readonly string[]
  readonly connect: Connect
}

/** Makes clients and finds ways: directly, or through a proxy. */
export interface Connector {
  route(originKey: string): Route
  createClient(route: Route, streams: number, connect: Undici.buildConnector.connector): Undici.Client
}

/** Loads undici, some 50 ms and thus not with the import of the package, and the proxy part if there is a proxy. */
export async function loadConnector(options: ConnectorOptions): Promise<Connector> {
  const undici = await import('undici')
  const direct = buildConnect(undici, options.tls, options.http2, options.socketPath)
  const proxies =
    options.proxy === undefined
      ? undefined
      : new (await import('./proxy-routes.ts')).ProxyRoutes(undici, options, options.proxy)
  return {
    route: (originKey) =>
      proxies?.route(originKey) ?? { target: originKey, pathPrefix: '', headers: [], connect: direct },
    createClient: (route, streams, connect) =>
      new undici.Client(route.target, {
        connect,
        allowH2: options.http2,
        // 0 means: close after each request.
        pipelining: options.keepAlive === 0 ? 0 : streams,
        // A server's hint may shorten it, by a second more than it says.
        ...(options.keepAlive === 0
          ? undefined
          : {
              keepAliveTimeout: options.keepAlive,
              keepAliveMaxTimeout: options.keepAlive,
              keepAliveTimeoutThreshold: 1000,
            }),
        maxHeaderSize: options.maxHeaderSize,
        // The session's own deadline list watches over these.
        headersTimeout: 0,
        bodyTimeout: 0,
      }),
  }
}

/** undici's way to open a socket, without its timer. */
export function buildConnect(
  undici: Pick<typeof Undici, 'buildConnector'>,
  tls: TlsOptions,
  http2: boolean,
  socketPath?: string,
): Connect {
  const connect = undici.buildConnector({
    ...(tls as object),
    allowH2: http2,
    timeout: 0,
    ...(socketPath === undefined ? undefined : { socketPath }),
  })
  // It returns the socket, though its type does not say so.
  return connect as unknown as Connect
}
