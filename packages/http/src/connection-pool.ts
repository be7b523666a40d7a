import { ClosedError, type Clock } from '@sluice/core'
import { LinkedList } from '@sluice/core/internal'
import type { buildConnector, Client } from 'undici'
import { Connection } from './connection.ts'
import type { Connector } from './connector.ts'
import type { DeadlineList } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'
import { Heap } from './limits/heap.ts'
import { Origin, Waiter } from './origin.ts'

/** Origins without a connection and without a waiter that are remembered. */
const MAX_QUIET_ORIGINS = 1000

/** What a pool is made with. */
export interface PoolOptions {
  readonly connections: number
  readonly connectionsPerHost: number
  readonly clock: Clock
  /** True when HTTP/2 may be spoken. */
  readonly http2: boolean
  /** Watches over connecting. */
  readonly deadlines: DeadlineList
  /** The default limit for connecting, in ms. */
  readonly connectTimeout: number
  /** Opens sockets; loaded with the first request. */
  readonly loadConnector: () => Promise<Connector>
}

/**
 * Keeps connections, and lets requests wait for them. At most `connections` are open over all origins together, idle ones
 * included, and at most `connectionsPerHost` to one. Idle ones give way to origins that have none.
 *
 * First come, first served within an origin. Across origins a request may be overtaken by later ones that go on over a warm connection
 * of their own origin, at most once per connection: without that, two origins that alternate would close and open a connection per request.
 */
export class ConnectionPool {
  /** Open or being opened. */
  open = 0
  /** Requests in the queue. */
  waiting = 0
  /** Connections that were made, and requests that went over one that had carried others before. */
  opened = 0
  reused = 0
  readonly clock: Clock
  readonly deadlines: DeadlineList
  readonly connectTimeout: number
  readonly #options: PoolOptions
  readonly #origins = new Map<string, Origin>()
  /** Connections with nothing on them, the longest idle first. */
  readonly #idle = new LinkedList<Connection>()
  /** Origins for which a connection may be opened, the one whose first waiter came earliest on top. */
  readonly #heap = new Heap<Origin>((a, b) => a.order < b.order)
  readonly #all = new Set<Connection>()
  #sequence = 0
  /** Connections that were given up and whose sockets are not closed yet. */
  #ending = 0
  #onEnded: (() => void) | undefined
  #connector: Connector | undefined
  #loading = false
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.clock = options.clock
    this.deadlines = options.deadlines
    this.connectTimeout = options.connectTimeout
  }

  get idle(): number {
    return this.#idle.size
  }

  /** The origin with this key, which must be in the form that `URL` gives it. */
  origin(key: string): Origin {
    let origin = this.#origins.get(key)
    if (origin === undefined) {
      if (this.#origins.size >= MAX_QUIET_ORIGINS) this.#forgetQuietOrigins()
      this.#origins.set(key, (origin = new Origin(key)))
    }
    return origin
  }

  /** The origin with this key, if one is known. */
  known(key: string): Origin | undefined {
    return this.#origins.get(key)
  }

  /** Starts `exchange` on a connection, now or when there is one. Returns the place in the queue, if it must wait. */
  acquire(exchange: Exchange, origin: Origin): Waiter | undefined {
    const connection = this.#take(origin)
    if (connection !== undefined) {
      connection.start(exchange)
      return undefined
    }
    const waiter = new Waiter(exchange, this.#sequence++)
    origin.waiting.push(waiter)
    this.waiting++
    if (this.#connector === undefined) this.#load()
    else {
      this.#makeRoom(origin)
      this.#updateHeap(origin)
      this.#pump()
    }
    return waiter
  }

  /** Leaves the queue. What is being opened for nobody is given up. */
  leave(waiter: Waiter, origin: Origin): void {
    if (!origin.waiting.remove(waiter)) return
    this.waiting--
    this.#updateHeap(origin)
    if (origin.waiting.size > 0) return
    for (const connection of origin.opening.slice())
      this.discard(connection, new Error('nobody waits for the connection any more'))
  }

  /** A request on `connection` has ended well: the connection goes to who waits, or rests. */
  release(connection: Connection): void {
    connection.running--
    if (connection.discarded) return
    this.#settle(connection)
  }

  /** A request on `connection` has failed: its socket is of no use any more, unless other streams run over it. */
  releaseFailed(connection: Connection, reason: Error): void {
    connection.running--
    if (connection.discarded) return
    if (connection.capacity === 1 || !connection.connected) this.discard(connection, reason)
    else this.#place(connection)
  }

  /** Gives a connection up and lets somebody else open one in its place. */
  discard(connection: Connection, reason: Error): void {
    if (connection.discarded) return
    const origin = connection.origin
    this.#idle.remove(connection)
    this.#remove(connection)
    this.#all.delete(connection)
    this.open--
    origin.open--
    const opening = origin.opening.indexOf(connection)
    if (opening >= 0) origin.opening.splice(opening, 1)
    this.#ending++
    void connection.destroy(reason).then(() => {
      if (--this.#ending === 0) this.#onEnded?.()
    })
    this.#updateHeap(origin)
    this.#pump()
  }

  /** @internal A connection is ready for whoever waits longest. */
  onConnected(connection: Connection): void {
    const { origin } = connection
    origin.opening.splice(origin.opening.indexOf(connection), 1)
    if (this.#options.http2) origin.multiplexed = connection.capacity > 1
    this.#settle(connection)
    this.#updateHeap(origin)
    this.#pump()
  }

  /** @internal A connection could not be made: whoever waits longest hears why. */
  onConnectFailed(connection: Connection, error: Error): void {
    if (connection.discarded) return
    const { origin } = connection
    const waiter = origin.waiting.first
    if (waiter !== undefined) {
      origin.waiting.remove(waiter)
      this.waiting--
    }
    this.discard(connection, error)
    waiter?.exchange.onConnectFailed(error)
  }

  /** @internal */
  createClient(origin: Origin, streams: number, connect: buildConnector.connector): Client {
    return this.#connector!.createClient(origin.route!, streams, connect)
  }

  /** Closes every connection at once; resolves when no socket is left. Nobody may wait any more. */
  async close(): Promise<void> {
    this.#closed = true
    for (const connection of this.#all) this.discard(connection, new ClosedError('the session is closed'))
    if (this.#ending > 0) {
      await new Promise<void>((resolve) => {
        this.#onEnded = resolve
      })
    }
  }

  /** A connection that can take a request now. */
  #take(origin: Origin): Connection | undefined {
    const { available } = origin
    const connection = available[available.length - 1]
    if (connection === undefined) return undefined
    if (connection.running === 0) this.#idle.remove(connection)
    if (connection.running + 1 >= connection.capacity) {
      available.pop()
      connection.isAvailable = false
    }
    return connection
  }

  /** Closes the longest idle connection for `origin`, if there would be no room otherwise. */
  #makeRoom(origin: Origin): void {
    if (this.open < this.#options.connections || !this.#mayOpen(origin)) return
    const idle = this.#idle.first
    if (idle !== undefined) this.discard(idle, new Error('the connection gave way to another origin'))
  }

  /** Whether those who wait for `origin` need another connection and may have it. */
  #mayOpen(origin: Origin): boolean {
    if (origin.waiting.size <= origin.opening.length || origin.open >= this.#options.connectionsPerHost) return false
    // The first connection finds out how many requests fit on one.
    const isProbing = this.#options.http2 && origin.multiplexed === undefined && origin.key.startsWith('https:')
    return !isProbing || origin.opening.length === 0
  }

  #open(origin: Origin): void {
    this.open++
    origin.open++
    origin.route ??= this.#connector!.route(origin.key)
    const timeout = origin.waiting.first?.exchange.request.timeout?.connect ?? this.connectTimeout
    const connection = new Connection(origin, this)
    this.#all.add(connection)
    origin.opening.push(connection)
    this.#updateHeap(origin)
    connection.open(timeout)
  }

  /** Opens connections for those who wait, as many as may be. */
  #pump(): void {
    if (this.#connector === undefined || this.#closed) return
    for (let origin = this.#heap.first; origin !== undefined; origin = this.#heap.first) {
      if (this.open >= this.#options.connections) return
      this.#open(origin)
    }
  }

  /** Finds work for a connection with room: those who wait for its origin, or another origin in its place, or rest. */
  #settle(connection: Connection): void {
    const { origin } = connection
    if (connection.running === 0 && this.#mustGiveWay(origin)) {
      this.discard(connection, new Error('the connection gave way to another origin'))
      return
    }
    while (origin.waiting.first !== undefined && connection.running < connection.capacity)
      this.#dequeue(origin, connection)
    this.#place(connection)
  }

  /** Whether a connection to `origin` that is free now should be closed for one to another, where somebody waits longer. */
  #mustGiveWay(origin: Origin): boolean {
    const oldest = this.#heap.first
    if (oldest === undefined || oldest === origin || this.open < this.#options.connections) return false
    const mine = origin.waiting.first
    if (mine === undefined) return true
    const waiter = oldest.waiting.first!
    if (waiter.sequence > mine.sequence) return false
    if (oldest.open === 0 || waiter.overtaken >= this.open) return true
    waiter.overtaken++
    return false
  }

  /** Lets the first who waits for `origin` go, over `connection`. */
  #dequeue(origin: Origin, connection: Connection): void {
    const { exchange } = origin.waiting.shift()!
    this.waiting--
    this.#updateHeap(origin)
    exchange.onDequeued()
    connection.start(exchange)
    if (connection.isAvailable && connection.running >= connection.capacity) this.#remove(connection)
  }

  /** Puts a connection that nobody waits for where the next request finds it. */
  #place(connection: Connection): void {
    if (connection.running >= connection.capacity) return
    if (!connection.isAvailable) {
      connection.isAvailable = true
      connection.origin.available.push(connection)
    }
    if (connection.running === 0) this.#idle.push(connection)
  }

  #remove(connection: Connection): void {
    if (!connection.isAvailable) return
    connection.isAvailable = false
    const { available } = connection.origin
    available.splice(available.lastIndexOf(connection), 1)
  }

  #updateHeap(origin: Origin): void {
    if (!this.#mayOpen(origin)) {
      if (origin.place >= 0) this.#heap.remove(origin)
      return
    }
    origin.order = origin.waiting.first!.sequence
    if (origin.place >= 0) this.#heap.update(origin)
    else this.#heap.push(origin)
  }

  #load(): void {
    if (this.#loading) return
    this.#loading = true
    this.#options.loadConnector().then(
      (connector) => {
        this.#connector = connector
        for (const origin of this.#origins.values()) this.#updateHeap(origin)
        this.#pump()
      },
      (error: unknown) => {
        this.#loading = false
        for (const origin of this.#origins.values()) {
          for (let waiter = origin.waiting.first; waiter !== undefined; waiter = origin.waiting.first) {
            this.leave(waiter, origin)
            waiter.exchange.fail(error)
          }
        }
      },
    )
  }

  #forgetQuietOrigins(): void {
    for (const [key, origin] of this.#origins)
      if (origin.open === 0 && origin.waiting.size === 0) this.#origins.delete(key)
  }
}
