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
