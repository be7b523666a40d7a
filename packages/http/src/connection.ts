import { Link } from '@sluice/core/internal'
import type { buildConnector, Client } from 'undici'
import type { ConnectionPool } from './connection-pool.ts'
import type { Connecting } from './connector.ts'
import { dispatchOptions } from './dispatch-options.ts'
import type { Exchange } from './exchange.ts'
import type { Origin } from './origin.ts'

/**
 * One connection: an undici `Client` that never has more than one socket. A connection of the pool that the server closed
 * is dropped, except when a request was handed to it meanwhile: then the client connects again by itself.
 */
export class Connection extends Link {
  readonly origin: Origin
  /** @internal */
  readonly pool: ConnectionPool
  /** @internal */
  readonly client: Client
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
  /** When the present socket began to be opened, and how long it took, by the session's clock. */
  connectStarted = 0
  connectMs = 0
  /** Ends what undici does not know yet: a socket that is still connecting. */
  #connecting: Connecting | undefined
  #multiplexed = false

  constructor(origin: Origin, pool: ConnectionPool) {
    super()
    this.origin = origin
    this.pool = pool
    this.client = pool.createClient(origin, this.#connect)
    this.client.on('connect', this.#onConnect)
    this.client.on('disconnect', this.#onDisconnect)
  }

  /** Sends the request of `exchange` over this connection. */
  start(exchange: Exchange): void {
    this.running++
    exchange.onConnection(this)
    if (this.connected && !exchange.isAdmitted()) return
    this.client.dispatch(dispatchOptions(exchange), exchange)
  }

  /** Ends it now, whatever runs on it; resolves when the socket is closed. The pool has forgotten it already. */
  async destroy(reason: Error): Promise<void> {
    this.discarded = true
    this.#connecting?.destroy(reason)
    await this.client.destroy(reason)
  }

  readonly #connect = (options: buildConnector.Options, callback: buildConnector.Callback): void => {
    this.connectStarted = this.pool.clock.now()
    this.#connecting = this.origin.route!.connect(options, (error, socket) => {
      this.#connecting = undefined
      if (error !== null) {
        callback(error, null)
        return
      }
      this.#multiplexed = (socket as { alpnProtocol?: unknown }).alpnProtocol === 'h2'
      callback(null, socket)
    })
  }

  readonly #onConnect = (): void => {
    this.connected = true
    this.carried = 0
    this.connectMs = this.pool.clock.now() - this.connectStarted
    this.pool.onConnect(this, this.#multiplexed)
  }

  readonly #onDisconnect = (): void => {
    this.connected = false
    if (this.running === 0 && !this.discarded) void this.pool.discard(this, new Error('the connection was closed'))
  }
}
