import type { Socket } from 'node:net'
import type { buildConnector, Client } from 'undici'
import type { Route } from './origin.ts'
import type { TlsOptions } from './types.ts'

/** What connections are made with. */
export interface ConnectorOptions {
  readonly keepAlive: number
  readonly maxHeaderSize: number
  readonly http2: boolean
  readonly tls: TlsOptions
  readonly socketPath: string | undefined
}

/** Makes clients and opens sockets: directly, or through a proxy. */
export interface Connector {
  route(originKey: string): Route
  createClient(route: Route, connect: buildConnector.connector): Client
  connect(options: buildConnector.Options, callback: buildConnector.Callback): Socket | undefined
  /** Closes what it opened for itself. */
  close(): Promise<void>
}

/** Loads undici (some 50 ms, thus not with the import of the package) and makes a connector without a proxy. */
export async function directConnector(options: ConnectorOptions): Promise<Connector> {
  const { buildConnector, Client } = await import('undici')
  const connect = buildConnector({
    ...(options.tls as object),
    allowH2: options.http2,
    // The session's own deadline list watches over connecting.
    timeout: 0,
    ...(options.socketPath === undefined ? undefined : { socketPath: options.socketPath }),
  })
  return {
    route: (originKey) => ({ target: originKey, pathPrefix: '', headers: [] }),
    createClient: (route, connectOne) =>
      new Client(route.target, {
        connect: connectOne,
        allowH2: options.http2,
        pipelining: 1,
        keepAliveTimeout: options.keepAlive,
        maxHeaderSize: options.maxHeaderSize,
        headersTimeout: 0,
        bodyTimeout: 0,
      }),
    // It returns the socket, though its type does not say so: needed to give up while it connects.
    connect: (connectOptions, callback) => connect(connectOptions, callback) as unknown as Socket | undefined,
    close: () => Promise.resolve(),
  }
}
