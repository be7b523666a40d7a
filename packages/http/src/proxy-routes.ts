import type { Socket } from 'node:net'
import type * as Undici from 'undici'
import { buildConnect, type Connect, type ConnectorOptions, type Route } from './connector.ts'
import type { ProxyChoice, ProxyServer } from './proxy-settings.ts'

/** The ways to origins that lead through a proxy: a tunnel (CONNECT) to `https:`, the whole URL in the request line to `http:`. */
export class ProxyRoutes {
  readonly #undici: typeof Undici
  readonly #options: ConnectorOptions
  readonly #choose: ProxyChoice
  /** Opens tunnels; one per proxy. */
  readonly #pools = new Map<ProxyServer, Undici.Pool>()

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

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()))
  }

  #tunnel(proxy: ProxyServer): Connect {
    const { tls, http2 } = this.#options
    const secure = buildConnect(this.#undici, tls, http2)
    return (options, callback) => {
      const controller = new AbortController()
      let inner: { destroy(error: Error): unknown } | undefined
      const path = `${options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname}:${options.port === '' ? '443' : options.port}`
      const headers = { host: path, ...toRecord(proxy.headers) }
      this.#pool(proxy).connect({ path, headers, signal: controller.signal }, (error, data) => {
        if (error !== null) {
          callback(
            proxyFailure('ERR_PROXY_CONNECT', `no tunnel through the proxy ${proxy.origin}: ${error.message}`, error),
            null,
          )
          return
        }
        const { statusCode, socket } = data
        if (statusCode < 200 || statusCode > 299) {
          socket.on('error', () => {}).destroy()
          const code = statusCode === 407 ? 'ERR_PROXY_AUTHENTICATION' : 'ERR_PROXY_REFUSED'
          callback(proxyFailure(code, `the proxy ${proxy.origin} refused the tunnel with status ${statusCode}`), null)
          return
        }
        inner = secure({ ...options, httpSocket: socket as Socket }, callback)
      })
      return {
        destroy: (error) => {
          controller.abort(error)
          inner?.destroy(error)
        },
      }
    }
  }

  #pool(proxy: ProxyServer): Undici.Pool {
    let pool = this.#pools.get(proxy)
    if (pool === undefined) {
      const connect = buildConnect(this.#undici, proxy.tls, false)
      pool = new this.#undici.Pool(proxy.origin, {
        connect: connect as unknown as Undici.buildConnector.connector,
        allowH2: false,
        headersTimeout: 0,
      })
      this.#pools.set(proxy, pool)
    }
    return pool
  }
}

/** Says that it was the proxy that could not be reached. */
function named(connect: Connect, proxy: ProxyServer): Connect {
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error === null) callback(null, socket)
      else
        callback(
          proxyFailure('ERR_PROXY_CONNECT', `the proxy ${proxy.origin} cannot be reached: ${error.message}`, error),
          null,
        )
    })
}

function proxyFailure(code: string, message: string, cause?: Error): Error {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code })
}

function toRecord(raw: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) record[raw[i]!] = raw[i + 1]!
  return record
}
