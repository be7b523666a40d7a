import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, test, vi } from 'vitest'
import { HeaderList, ResponseHeaders } from '../headers.ts'
import { HttpRateLimiter } from './http-rate-limiter.ts'
import { MemoryRateStore } from './memory-rate-store.ts'
import type { Ticket } from './ticket.ts'
import type { RateStore, TokenTimes } from './types.ts'

const request = { method: 'GET', url: 'https://api.example/x', route: undefined, headers: new HeaderList() }
const response = { status: 200, headers: new ResponseHeaders({}) }

/** A store that is away: each answer takes some ms. */
class RemoteStore implements RateStore {
  readonly inner: MemoryRateStore
  readonly #clock: VirtualClock
  readonly #ms: number
  takes = 0
  broken = false

  constructor(clock: VirtualClock, ms: number) {
    this.#clock = clock
    this.#ms = ms
    this.inner = new MemoryRateStore({ clock })
  }

  #later(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#clock.setTimer(() => (this.broken ? reject(new Error('store is away')) : resolve()), this.#ms)
    })
  }

  declare(...args: Parameters<RateStore['declare']>): void {
    this.inner.declare(...args)
  }

  async take(buckets: readonly string[], n: number): Promise<number> {
    this.takes++
    await this.#later()
    const wait = this.inner.take(buckets, n)
    // It knows nothing of the instant of sending.
    if (wait === 0) this.inner.send(buckets, n, this.#clock.now())
    return wait
  }

  async sync(...args: Parameters<MemoryRateStore['sync']>): Promise<void> {
    await this.#later()
    this.inner.sync(...args)
  }

  async settle(buckets: readonly string[], n: number, token: TokenTimes): Promise<void> {
    await this.#later()
    this.inner.settle(buckets, n, token)
  }
}

test('a store elsewhere is asked once at a time, and the limit holds', async () => {
  const clock = new VirtualClock()
  const store = new RemoteStore(clock, 10)
  const limiter = new HttpRateLimiter({ clock, store, rate: '3/s', dialect: false })
  const times: number[] = []
  await clock.run(() =>
    Promise.all(
      Array.from({ length: 10 }, async () => {
        const ticket = await limiter.acquire(request)
        times.push(clock.now())
        ticket.send()
        ticket.answer(response, request)
      }),
    ),
  )
  expect(times).toHaveLength(10)
  for (let i = 0; i + 3 < times.length; i++) expect(times[i + 3]! - times[i]!).toBeGreaterThanOrEqual(1000)
  // One question for each token, and one for each time that there was none.
  expect(store.takes).toBeLessThan(20)
})

describe('while it thinks', () => {
  test('who leaves loses no token: the next one gets it', async () => {
    const clock = new VirtualClock()
    const store = new RemoteStore(clock, 10)
    const limiter = new HttpRateLimiter({ clock, store, rate: '1/h', dialect: false })
    const controller = new AbortController()
    const gone = (limiter.acquire(request, { signal: controller.signal }) as Promise<Ticket>).catch(() => 'gone')
    const stays = limiter.acquire(request) as Promise<Ticket>
    await clock.advance(5)
    controller.abort()
    await clock.advance(10)
    expect(await gone).toBe('gone')
    expect((await stays).takenAt).toBe(10)
  })

  test('and with nobody left it is given back', async () => {
    const clock = new VirtualClock()
    const store = new RemoteStore(clock, 10)
    const limiter = new HttpRateLimiter({ clock, store, rate: '1/h', dialect: false })
    const controller = new AbortController()
    const gone = (limiter.acquire(request, { signal: controller.signal }) as Promise<Ticket>).catch(() => 'gone')
    await clock.advance(5)
    controller.abort()
    await gone
    await clock.advance(100)
    expect(store.inner.statistics()[0]!.inFlight).toBe(0)
  })
})

test('when it is away, nobody is let through unlimited, and nothing hangs', async () => {
  const clock = new VirtualClock()
  const store = new RemoteStore(clock, 10)
  const limiter = new HttpRateLimiter({ clock, store, rate: '5/s', dialect: false })
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  try {
    const ticket = limiter.acquire(request) as Promise<Ticket>
    await clock.advance(10)
    const got = await ticket
    store.broken = true
    const all = Promise.allSettled([1, 2, 3].map(() => Promise.resolve(limiter.acquire(request))))
    await clock.advance(100)
    expect((await all).map((outcome) => (outcome as PromiseRejectedResult).reason as Error)).toMatchObject([
      { message: 'store is away' },
      { message: 'store is away' },
      { message: 'store is away' },
    ])
    got.send()
    got.answer(response, request)
    await clock.advance(100)
    expect(warn).toHaveBeenCalledTimes(1)
    expect(limiter.statistics().waiting).toBe(0)
    store.broken = false
    const again = limiter.acquire(request) as Promise<Ticket>
    await clock.advance(10)
    expect((await again).n).toBe(1)
  } finally {
    warn.mockRestore()
  }
})
