import { describe, expect, test } from 'vitest'
import { AdaptiveLimit, type AdaptiveLimitOptions } from './adaptive-limit.ts'
import type { Clock, TimerHandle } from './clock.ts'
import type { PermitOutcome, PermitSource } from './permit.ts'

// Many seeds and servers need a simulation without promises: millions of requests, each three events.

/** A reproducible source of numbers from 0 to 1: xorshift32. */
function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

interface Due {
  time: number
  order: number
  callback: () => void
}

/** Time, and what is to happen in it: a binary heap. */
class World implements Clock {
  #now = 0
  #order = 0
  readonly #heap: Due[] = []

  now(): number {
    return this.#now
  }

  setTimer(callback: () => void, ms: number): TimerHandle {
    const heap = this.#heap
    const due = { time: this.#now + ms, order: this.#order++, callback }
    let hole = heap.length
    for (let up = (hole - 1) >> 1; hole > 0 && before(due, heap[up]!); up = (hole - 1) >> 1) {
      heap[hole] = heap[up]!
      hole = up
    }
    heap[hole] = due
    return due
  }

  clearTimer(): void {}

  run(until: number): void {
    const heap = this.#heap
    while (heap.length > 0 && heap[0]!.time <= until) {
      const first = heap[0]!
      const last = heap.pop()!
      for (let hole = 0; heap.length > 0;) {
        let child = 2 * hole + 1
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
        if (child >= heap.length || !before(heap[child]!, last)) {
          heap[hole] = last
          break
        }
        heap[hole] = heap[child]!
        hole = child
      }
      this.#now = first.time
      first.callback()
    }
    this.#now = until
  }
}

function before(a: Due, b: Due): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}

interface ServerOptions {
  /** How many requests it works on at once; others queue. */
  workers: number
  /** Milliseconds of work for one, in the mean. */
  ms: number
  /** How much they scatter: the standard deviation of the logarithm. At 1 one in 20 takes 3 times the mean, one in 200 takes 8 times. */
  sigma: number
  /** Milliseconds there and back. */
  net: number
  /** How many may queue; more are refused. */
  queue: number
  /** What part of the requests fails for no reason. */
  errors: number
}

class Server {
  readonly options: ServerOptions
  done = 0
  down = false
  readonly #world: World
  readonly #random: () => number
  #busy = 0
  readonly #line: ((outcome: PermitOutcome) => void)[] = []

  constructor(world: World, random: () => number, options: Partial<ServerOptions>) {
    this.#world = world
    this.#random = random
    this.options = { workers: 40, ms: 100, sigma: 0.3, net: 1, queue: Infinity, errors: 0, ...options }
  }

  /** In flight when nobody queues and nobody rests: throughput × latency (Little's law). */
  get ideal(): number {
    const { workers, ms, net } = this.options
    return (workers / ms) * (ms + net)
  }

  request(answer: (outcome: PermitOutcome) => void): void {
    const { net } = this.options
    const back = (outcome: PermitOutcome) => this.#world.setTimer(() => answer(outcome), net / 2)
    this.#world.setTimer(() => {
      const full = this.#busy >= this.options.workers && this.#line.length >= this.options.queue
      if (this.down || full || this.#random() < this.options.errors) back('drop')
      else {
        this.#line.push(back)
        this.#pull()
      }
    }, net / 2)
  }

  #pull(): void {
    while (this.#busy < this.options.workers && this.#line.length > 0) {
      const back = this.#line.shift()!
      this.#busy++
      this.#world.setTimer(() => {
        this.#busy--
        this.done++
        back('success')
        this.#pull()
      }, this.#work())
    }
  }

  /** Lognormal, by the method of Box and Muller. */
  #work(): number {
    const { ms, sigma } = this.options
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
    return ms * Math.exp(sigma * normal - sigma ** 2 / 2)
  }
}

/** One who has always more to send, while `on`. */
class Client {
  on = true
  readonly source: PermitSource
  readonly #server: Server

  constructor(server: Server, source: PermitSource) {
    this.#server = server
    this.source = source
  }

  pump(): void {
    for (let permit = this.on ? this.source.tryAcquire() : undefined; permit; permit = this.source.tryAcquire()) {
      const granted = permit
      this.#server.request((outcome) => {
        granted.release(outcome)
        this.pump()
      })
    }
  }
}

class Scene {
  readonly world = new World()
  readonly random: () => number
  readonly server: Server

  constructor(seed: number, options: Partial<ServerOptions> = {}) {
    this.random = seeded(seed)
    this.server = new Server(this.world, this.random, options)
  }

  client(options: AdaptiveLimitOptions = {}): { limit: AdaptiveLimit; client: Client } {
    const limit = new AdaptiveLimit({ clock: this.world, random: this.random, ...options })
    const client = new Client(this.server, limit)
    return { limit, client }
  }

  /** Lets `seconds` pass; the mean of what `look` sees every 100 ms. */
  mean(seconds: number, clients: readonly Client[], look: () => number): number {
    let sum = 0
    for (let i = 0; i < seconds * 10; i++) {
      for (const client of clients) client.pump()
      this.world.run(this.world.now() + 100)
      sum += look()
    }
    return sum / (seconds * 10)
  }

  /** What part of the server's capacity was used while `seconds` pass. */
  use(seconds: number, clients: readonly Client[]): number {
    const before = this.server.done
    this.mean(seconds, clients, () => 0)
    const { workers, ms } = this.server.options
    return (this.server.done - before) / ((workers / ms) * seconds * 1000)
  }
}

const SEEDS = [1, 2, 3, 4, 5, 6]

describe('(a) converges to throughput × latency within 20 %', () => {
  test.each<Partial<ServerOptions>>([
    { sigma: 0 },
    { sigma: 0.3 },
    { sigma: 0.6 },
    { sigma: 1 },
    { workers: 10 },
    { workers: 10, sigma: 0.6 },
    { workers: 200, ms: 50, sigma: 0.8, net: 20 },
    { workers: 400, ms: 20, net: 30 },
  ])('%o', (options) => {
    for (const seed of SEEDS) {
      const scene = new Scene(seed, options)
      const { limit, client } = scene.client()
      const { workers, ms } = scene.server.options
      const seconds = Math.max(8, (40 * 40 * ms) / (workers * 100))
      scene.mean(seconds, [client], () => 0)
      const mean = scene.mean(seconds, [client], () => limit.limit)
      const label = `seed ${seed}: ${mean} for ${scene.server.ideal}`
      expect(mean / scene.server.ideal, label).toBeGreaterThan(0.8)
      expect(mean / scene.server.ideal, label).toBeLessThan(1.2)
    }
  })

  test.each([1, 2, 4])('%i workers, where steps are coarse: within 1, and nothing lies idle', (workers) => {
    for (const seed of SEEDS) {
      const scene = new Scene(seed, { workers })
      const { limit, client } = scene.client()
      scene.mean(100, [client], () => 0)
      const mean = scene.mean(100, [client], () => limit.limit)
      expect(Math.abs(mean - scene.server.ideal), `seed ${seed}: ${mean}`).toBeLessThan(1.2)
      expect(scene.use(30, [client])).toBeGreaterThan(0.85)
    }
  })

  test('whatever it starts with', () => {
    for (const seed of SEEDS) {
      for (const initial of [1, 10, 200]) {
        const scene = new Scene(seed)
        const { limit, client } = scene.client({ initial })
        scene.mean(40, [client], () => 0)
        const mean = scene.mean(60, [client], () => limit.limit)
        expect(Math.abs(mean / scene.server.ideal - 1), `seed ${seed} from ${initial}: ${mean}`).toBeLessThan(0.2)
      }
    }
  })

  test('by loss alone, where the server refuses to queue more', () => {
    for (const seed of SEEDS) {
      for (const signal of ['loss', 'loss+latency', 'throughput'] as const) {
        const scene = new Scene(seed, { queue: 5 })
        const { limit, client } = scene.client({ signal })
        scene.mean(30, [client], () => 0)
        const mean = scene.mean(60, [client], () => limit.limit)
        expect(Math.abs(mean / scene.server.ideal - 1), `${signal}, seed ${seed}: ${mean}`).toBeLessThan(0.25)
      }
    }
  })

  test('by throughput alone, where the latency is told nobody', () => {
    for (const seed of SEEDS) {
      const scene = new Scene(seed)
      const { limit, client } = scene.client({ signal: 'throughput' })
      scene.mean(30, [client], () => 0)
      const mean = scene.mean(90, [client], () => limit.limit)
      expect(Math.abs(mean / scene.server.ideal - 1), `seed ${seed}: ${mean}`).toBeLessThan(0.25)
    }
  })
})

describe('what changes on the other side', () => {
  test('(c) recovers after an outage within seconds, since it remembers what was possible', () => {
    for (const seed of SEEDS) {
      const scene = new Scene(seed)
      const { limit, client } = scene.client()
      scene.mean(20, [client], () => 0)
      scene.server.down = true
      scene.mean(5, [client], () => 0)
      expect(limit.limit).toBeLessThanOrEqual(2)
      scene.server.down = false
      scene.mean(5, [client], () => 0)
      expect(scene.use(5, [client]), `seed ${seed}`).toBeGreaterThan(0.7)
    }
  })

  test('(e) a server or a way to it that becomes slower is the new baseline', () => {
    for (const seed of SEEDS) {
      for (const slower of [{ ms: 200 }, { net: 100 }]) {
        const scene = new Scene(seed)
        const { limit, client } = scene.client()
        scene.mean(30, [client], () => 0)
        Object.assign(scene.server.options, slower)
        scene.mean(40, [client], () => 0)
        const mean = scene.mean(40, [client], () => limit.limit)
        expect(Math.abs(mean / scene.server.ideal - 1), `seed ${seed}: ${mean}`).toBeLessThan(0.25)
        expect(limit.statistics().rttBaseline).toBeGreaterThan(160)
      }
    }
  })

  test('a server that loses or gains workers is followed down and up', () => {
    for (const seed of SEEDS) {
      for (const workers of [10, 160]) {
        const scene = new Scene(seed)
        const { limit, client } = scene.client()
        scene.mean(30, [client], () => 0)
        scene.server.options.workers = workers
        scene.mean(30, [client], () => 0)
        const mean = scene.mean(40, [client], () => limit.limit)
        expect(Math.abs(mean / scene.server.ideal - 1), `seed ${seed}: ${mean}`).toBeLessThan(0.25)
        expect(limit.statistics().rttBaseline).toBeLessThan(130)
      }
    }
  })

  test('one failure in 100 for no reason is no overload', () => {
    for (const seed of SEEDS) {
      const scene = new Scene(seed, { errors: 0.01 })
      const { client } = scene.client()
      scene.mean(30, [client], () => 0)
      expect(scene.use(60, [client]), `seed ${seed}`).toBeGreaterThan(0.75)
    }
  })
})

describe('(f) clients share fairly', () => {
  test('two: neither has more than twice the other, and the queue stays short', () => {
    for (const seed of SEEDS) {
      for (const late of [false, true]) {
        const scene = new Scene(seed)
        const [a, b] = [scene.client(), scene.client()]
        b.client.on = !late
        scene.mean(30, [a.client, b.client], () => 0)
        b.client.on = true
        scene.mean(30, [a.client, b.client], () => 0)
        let [mine, theirs] = [0, 0]
        const total = scene.mean(120, [a.client, b.client], () => {
          mine += a.limit.limit
          theirs += b.limit.limit
          return a.limit.limit + b.limit.limit
        })
        const label = `seed ${seed}, late ${late}: ${mine / theirs}`
        expect(Math.max(mine / theirs, theirs / mine), label).toBeLessThan(2)
        expect(total / scene.server.ideal, label).toBeLessThan(1.25)
      }
    }
  })

  test('four: nobody starves, and they do not take each other for a slow server', () => {
    for (const seed of SEEDS.slice(0, 4)) {
      const scene = new Scene(seed)
      const all = Array.from({ length: 4 }, () => scene.client())
      const clients = all.map(({ client }) => client)
      scene.mean(60, clients, () => 0)
      const sums = [0, 0, 0, 0]
      const total = scene.mean(240, clients, () => {
        all.forEach(({ limit }, i) => (sums[i]! += limit.limit))
        return all.reduce((sum, { limit }) => sum + limit.limit, 0)
      })
      expect(total / scene.server.ideal, `seed ${seed}`).toBeLessThan(2)
      expect(Math.max(...sums) / Math.min(...sums), `seed ${seed}: ${sums.join()}`).toBeLessThan(3)
    }
  })
})
