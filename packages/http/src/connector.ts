import type * as Undici from 'undici'
import { buildConnect, type ConnectorOptions, type Route } from './connect.ts'
import { loadUndici } from './load-undici.ts'

/** Makes clients and finds ways: directly, or through a proxy. */
export interface Connector {
  route(originKey: string): Route
  createClient(route: Route, streams: number, connect: Undici.buildConnector.connector): Undici.Client
}

/** Loads undici, which takes its time and thus not with the import of the package, and the proxy part if there is a proxy. */
export async function loadConnector(options: ConnectorOptions): Promise<Connector> {
  const undici = await loadUndici()
  const direct = buildConnect(undici, options.tls, options.http2, options.socketPath)
  // The method with which a client asks for a tunnel comes with all of undici only.
  const proxies =
    options.proxy === undefined
      ? undefined
      : new (await import('./proxy-routes.ts')).ProxyRoutes(await import('undici'), options, options.proxy)
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
