import { Link } from '@sluice/core/internal'
import type { Socket } from 'node:net'
import type { buildConnector, Client } from 'undici'
import { ConnectAttempt } from './connect-attempt.ts'
import type { ConnectionPool } from './connection-pool.ts'
import { dispatchOptions } from './dispatch-options.ts'
import type { Exchange } from './exchange.ts'
import type { Origin } from './origin.ts'

/** Requests at once on one HTTP/2 connection; servers usually allow 100 or more. */
const MAX_STREAMS = 100

/**
 * One connection. First it is opened, for whoever waits longest when it is ready; then an undici `Client` that never has more
 * than one socket works on it. A connection that the server closed is dropped, except when a request was handed to it
 * meanwhile: then the client connects again by itself.
 */
export class Connection extends Link {
  readonly origin: Origin
  /** @internal */
  readonly pool: ConnectionPool
  /** @internal Undefined until the first request. */
  client: Client | undefined = undefined
  /** Requests that are on it now. */
  running = 0
  /** Requests that it can take at once: 1, or the streams of HTTP/2. */
  capacity = 1
  /** @internal True while it stands in its origin's list of those that can take a request. */
  isAvailable = false
  /** True while there is a socket that can be written to. */
  connected = false
  /** Requests that the present socket has carried, the running one included. */
  carried = 0
  /** True from the moment at which it is given up. */
  discarded = false
  /** How long it took to open the present socket, TLS and proxy included, in ms. */
  connectMs = 0
  #attempt: ConnectAttempt | undefined
  /** A socket that no client has yet. */
  #fresh: Socket | undefined

  constructor(origin: Origin, pool: ConnectionPool) {
    super()
    this.origin = origin
    this.pool = pool
  }

  /** Opens the socket; tells the pool how that ended. */
  open(timeout: number): void {
    const { hostname, host, port, protocol } = new URL(this.origin.route!.target)
    const options = { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), host, port, protocol }
    this.#connect(options, timeout, (error, socket) => {
      if (error !== null) {
        this.pool.onConnectFailed(this, error)
        return
      }
      this.#fresh = socket
      // Until a client takes over, the pool must hear of its end and the process must not wait for it.
      socket.once('close', this.#onFreshClose)
      socket.unref()
      this.connected = true
      this.pool.onConnected(this)
    })
  }

  /** Sends the request of `exchange` over this connection. */
  start(exchange: Exchange): void {
    this.running++
    exchange.onConnection(this)
    if (!exchange.isAdmitted()) return
    this.client ??= this.#createClient()
    this.client.dispatch(dispatchOptions(exchange), exchange)
  }

  /** Ends it now, whatever runs on it; resolves when the socket is closed. The pool has forgotten it already. */
  async destroy(reason: Error): Promise<void> {
    this.discarded = true
    this.#attempt?.end(reason)
    const fresh = this.#fresh
    if (fresh !== undefined) {
      this.#fresh = undefined
      fresh.off('close', this.#onFreshClose)
      if (!fresh.destroyed)
        await new Promise<unknown>((resolve) => fresh.on('error', resolve).once('close', resolve).destroy())
    }
    if (this.client !== undefined) await this.client.destroy(reason)
  }

  #createClient(): Client {
    const client = this.pool.createClient(this.origin, this.capacity, (options, callback) => {
      const fresh = this.#fresh
      if (fresh === undefined) {
        // The server had closed the old socket under the request that runs now.
        this.#connect(options, this.pool.connectTimeout, callback)
        return
      }
      this.#fresh = undefined
      fresh.off('close', this.#onFreshClose)
      fresh.ref()
      // undici cannot take a socket from within its own call.
      queueMicrotask(() => callback(null, fresh))
    })
    client.on('connect', () => {
      this.connected = true
      this.carried = 0
    })
    client.on('disconnect', () => {
      this.connected = false
      if (this.running === 0) this.#isGone()
    })
    return client
  }

  #connect(options: buildConnector.Options, timeout: number, callback: buildConnector.Callback): void {
    const started = this.pool.clock.now()
    this.#attempt = new ConnectAttempt(this.pool, timeout, (error, socket) => {
      this.#attempt = undefined
      if (error !== null) {
        callback(error, null)
        return
      }
      this.connectMs = this.pool.clock.now() - started
      if ((socket as { alpnProtocol?: unknown }).alpnProtocol === 'h2') this.capacity = MAX_STREAMS
      this.pool.opened++
      callback(null, socket)
    })
    this.#attempt.begin(this.origin.route!.connect, options)
  }

  readonly #onFreshClose = (): void => this.#isGone()

  #isGone(): void {
    if (!this.discarded) this.pool.discard(this, new Error('the connection was closed'))
  }
}
