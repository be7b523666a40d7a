import { Link, LinkedList } from '@sluice/core/internal'
import type { Connection } from './connection.ts'
import type { Route } from './connect.ts'
import type { Exchange } from './exchange.ts'
import type { HeapMember } from './limits/heap.ts'

/** Somebody who waits for a connection to an origin. */
export class Waiter extends Link {
  readonly exchange: Exchange
  /** Counts up over all origins: first come, first served. */
  readonly sequence: number
  /** How often a later request got a connection that this one could have had. */
  overtaken = 0
  constructor(exchange: Exchange, sequence: number) {
    super()
    this.exchange = exchange
    this.sequence = sequence
  }
}

/** Scheme, host and port: what a connection leads to, and who waits for one. */
export class Origin implements HeapMember {
  /** `https://example.com:8443`. */
  readonly key: string
  /** Connections that are open or being opened. */
  open = 0
  /** Of these: being opened. Each is for whoever waits longest when it is ready. */
  readonly opening: Connection[] = []
  /** Connections that can take a request, the most recently used last: the hot ones stay hot, the others time out. */
  readonly available: Connection[] = []
  readonly waiting: LinkedList<Waiter> = new LinkedList<Waiter>()
  /** Whether the server speaks HTTP/2, as the first connection finds out; undefined until then. */
  multiplexed: boolean | undefined = undefined
  /** How to get there, known from the first connection on. */
  route: Route | undefined = undefined
  /** @internal Place among the origins in which somebody waits, -1 when not among them. */
  place = -1
  /** @internal Number of the first waiter when the place was last brought up to date. */
  order = 0

  constructor(key: string) {
    this.key = key
  }
}
