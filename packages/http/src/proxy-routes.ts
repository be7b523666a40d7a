import type { Socket } from 'node:net'
import type * as Undici from 'undici'
import { buildConnect, type Connect, type Connecting, type ConnectorOptions, type Route } from './connect.ts'
import type { ProxyChoice, ProxyServer } from './proxy-settings.ts'

/** The ways to origins that lead through a proxy: a tunnel (CONNECT) to `https:`, the whole URL in the request line to `http:`. */
export class ProxyRoutes {
  readonly #undici: typeof Undici
  readonly #options: ConnectorOptions
  readonly #choose: ProxyChoice

  constructor(undici: typeof Undici, options: ConnectorOptions, choose: ProxyChoice) {
    this.#undici = undici
    this.#options = options
    this.#choose = choose
  }

  /** The way to an origin; `undefined` when it is reached directly. */
  route(originKey: string): Route | undefined {
    const proxy = this.#choose(originKey)
    if (proxy === undefined) return undefined
    if (originKey.startsWith('http:')) {
      const headers = ['host', originKey.slice('http://'.length), ...proxy.headers]
      const connect = buildConnect(this.#undici, proxy.tls, false)
      return { target: proxy.origin, pathPrefix: originKey, headers, connect: named(connect, proxy) }
    }
    return { target: originKey, pathPrefix: '', headers: [], connect: this.#tunnel(proxy) }
  }

  #tunnel(proxy: ProxyServer): Connect {
    const { tls, http2 } = this.#options
    const toProxy = buildConnect(this.#undici, proxy.tls, false)
    const throughTunnel = buildConnect(this.#undici, tls, http2)
    return (options, callback) => {
      /** What has to end with the attempt: the connection to the proxy, later TLS through the tunnel. */
      let connecting: Connecting | undefined
      // One client per tunnel: CONNECT takes its socket away from it.
      const client = new this.#undici.Client(proxy.origin, {
        connect: (proxyOptions, connected) => {
          connecting = toProxy(proxyOptions, connected)
        },
        allowH2: false,
        headersTimeout: 0,
      })
      const host = options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname
      const path = `${host}:${options.port === '' ? '443' : options.port}`
      client.connect({ path, headers: { host: path, ...toRecord(proxy.headers) } }, (error, data) => {
        if (error !== null) {
          void client.destroy()
          callback(
            failure('ERR_PROXY_CONNECT', `no tunnel through the proxy ${proxy.origin}: ${error.message}`, error),
            null,
          )
          return
        }
        const { statusCode, socket } = data
        if (statusCode < 200 || statusCode > 299) {
          socket.on('error', () => {}).destroy()
          const code = statusCode === 407 ? 'ERR_PROXY_AUTHENTICATION' : 'ERR_PROXY_REFUSED'
          callback(failure(code, `the proxy ${proxy.origin} refused the tunnel with status ${statusCode}`), null)
          return
        }
        connecting = throughTunnel({ ...options, httpSocket: socket as Socket }, callback)
      })
      return {
        destroy: (error) => {
          connecting?.destroy(error)
          void client.destroy(error)
        },
      }
    }
  }
}

/** Says that it was the proxy that could not be reached. */
function named(connect: Connect, proxy: ProxyServer): Connect {
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error === null) callback(null, socket)
      else
        callback(
          failure('ERR_PROXY_CONNECT', `the proxy ${proxy.origin} cannot be reached: ${error.message}`, error),
          null,
        )
    })
}

function failure(code: string, message: string, cause?: Error): Error {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code })
}

function toRecord(raw: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) record[raw[i]!] = raw[i + 1]!
  return record
}
