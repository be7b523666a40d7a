import type { SluiceEvent } from '@sluice/core'
import { VirtualClock } from '@sluice/core/testing'
import type { LimitedRequest, LimitedResponse, Ticket } from '@sluice/http'
import { describe, expect, test } from 'vitest'
import { createTransport } from '@sluice/riot-sim'
import { asker, pathOf, setUp } from '../../test/play.ts'
import { RiotRateLimiter, type RiotRateLimiterOptions } from './riot-rate-limiter.ts'

type Headers = Record<string, string>

function request(method = 'status', host = 'na1', key = 'secret'): LimitedRequest {
  const headers = { get: (name: string) => (name === 'x-riot-token' ? key : undefined) } as LimitedRequest['headers']
  return { method: 'GET', url: `https://${host}.api.riotgames.com/lol/x/v1/${method}`, route: method, headers }
}

function response(status: number, headers: Headers = {}): LimitedResponse {
  return { status, headers: { get: (name: string) => headers[name] } as LimitedResponse['headers'] }
}

/** Limit headers: `app` and `method` are limits and counts, such as `['20:1', '1:1']`. */
function limits(app?: [string, string], method?: [string, string], more: Headers = {}): Headers {
  return {
    ...(app && { 'x-app-rate-limit': app[0], 'x-app-rate-limit-count': app[1] }),
    ...(method && { 'x-method-rate-limit': method[0], 'x-method-rate-limit-count': method[1] }),
    ...more,
  }
}

const WIDE: [string, string] = ['1000:1000', '1:1000']

function limiter(clock: VirtualClock, options: RiotRateLimiterOptions = {}): RiotRateLimiter {
  return new RiotRateLimiter({ clock, random: () => 0.5, wallClock: () => 1.7e12 + clock.now(), ...options })
}

/** Sends at once what must be possible at once. */
function sent(l: RiotRateLimiter, r: LimitedRequest, options?: Parameters<RiotRateLimiter['acquire']>[1]): Ticket {
  const ticket = l.acquire(r, options)
  expect(ticket).not.toBeInstanceOf(Promise)
  expect((ticket as Ticket).send()).toBe(true)
  return ticket as Ticket
}

/** True when it must wait; it waits no longer then. */
function mustWait(l: RiotRateLimiter, r: LimitedRequest): boolean {
  const controller = new AbortController()
  const granted = l.acquire(r, { signal: controller.signal })
  if (!(granted instanceof Promise)) return false
  granted.catch(() => undefined)
  controller.abort()
  return true
}

/** Waits, and notes when it was let through. */
function waits(
  clock: VirtualClock,
  l: RiotRateLimiter,
  r: LimitedRequest,
  options?: Parameters<RiotRateLimiter['acquire']>[1],
) {
  const note: { at: number | undefined; ticket: Ticket | undefined; error: unknown } = {
    at: undefined,
    ticket: undefined,
    error: undefined,
  }
  const granted = l.acquire(r, options)
  if (!(granted instanceof Promise)) Object.assign(note, { at: clock.now(), ticket: granted })
  else
    granted.then(
      (ticket) => Object.assign(note, { at: clock.now(), ticket }),
      (error: unknown) => Object.assign(note, { error }),
    )
  return note
}

/** A limiter that knows `app` and `method` on na1, with one request spent. */
async function warm(clock: VirtualClock, app: string, method: string, options?: RiotRateLimiterOptions) {
  const l = limiter(clock, options)
  const one = (spec: string): string => spec.replaceAll(/\d+:/g, '1:')
  sent(l, request()).answer(response(200, limits([app, one(app)], [method, one(method)])), request())
  // Past the pause that lets the first witness tell.
  await clock.advance(30)
  return l
}

describe('unknown limits', () => {
  test('one request per host and one per method finds them out while the others wait', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock)
    const first = sent(l, request('a'))
    const second = waits(clock, l, request('a'))
    const other = waits(clock, l, request('b'))
    expect(waits(clock, l, request('a', 'kr')).at).toBe(0)
    await clock.advance(100)
    expect([second.at, other.at]).toEqual([undefined, undefined])
    first.answer(response(200, limits(WIDE, WIDE)), request('a'))
    await clock.advance(30)
    expect([second.at, other.at]).toEqual([120, 120])
    // b is not known yet.
    const third = waits(clock, l, request('b'))
    await clock.advance(1000)
    expect(third.at).toBeUndefined()
    other.ticket!.send()
    other.ticket!.answer(response(404), request('b'))
    await clock.advance(0)
    expect(third.at).toBe(1130)
  })

  test('an error from a gate before the one that counts proves nothing', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock)
    for (const status of [503, 403, 401]) {
      const probe = sent(l, request())
      const next = waits(clock, l, request())
      await clock.advance(1)
      expect(next.at).toBeUndefined()
      probe.answer(response(status), request())
      await clock.advance(0)
      next.ticket!.abandon()
    }
  })

  test('keys and hosts have budgets of their own', async () => {
    const l = limiter(new VirtualClock())
    sent(l, request('a', 'na1', 'one'))
    sent(l, request('a', 'na1', 'two'))
    sent(l, request('a', 'kr', 'one'))
    expect(mustWait(l, request('b', 'na1', 'one'))).toBe(true)
    expect(JSON.stringify([l.limits(), l.save()])).not.toContain('one')
    const refused = l.acquire(request('b', 'na1', 'one'))
    l.cancel()
    await expect(refused).rejects.toThrow('cancelled')
  })
})

describe('a 429', () => {
  const full = limits(['1000:1000', '5:1000'], ['1000:1000', '5:1000'])

  test.each([
    ['application', { 'x-rate-limit-type': 'application', 'retry-after': '3' }, 3000, 3000],
    ['method', { 'x-rate-limit-type': 'method', 'retry-after': '3' }, 3000, 0],
    ['service', { 'x-rate-limit-type': 'service', 'retry-after': '3' }, 3000, 0],
    ['server', { 'x-rate-limit-type': 'server', 'retry-after': '21' }, 21_000, 0],
    ['of a kind that is not known yet', { 'x-rate-limit-type': 'galaxy', 'retry-after': '2' }, 2000, 0],
    ['of no kind, not saying for how long', {}, 550, 0],
    ['that says 0', { 'x-rate-limit-type': 'service', 'retry-after': '0' }, 550, 0],
  ] as [string, Headers, number, number][])('%s freezes what it is about', async (_, headers, own, others) => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const l = await warm(clock, '1000:1000', '1000:1000', { onEvent: (event) => events.push(event) })
    sent(l, request('other')).answer(response(200, full), request('other'))
    await clock.advance(30)
    const start = clock.now()
    expect(sent(l, request()).answer(response(429, { ...full, ...headers }), request())).toBe(true)
    const same = waits(clock, l, request())
    const other = waits(clock, l, request('other'))
    await clock.advance(30_000)
    expect([same.at! - start, other.at! - start]).toEqual([own, others])
    expect(events.filter(({ type }) => type === 'rateLimited')).toMatchObject([{ ms: own }])
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  test('without Retry-After waits until the window that is full is over', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '10:10', '1000:1000')
    const refusal = limits(['10:10', '11:10'], WIDE, { 'x-rate-limit-type': 'application' })
    sent(l, request()).answer(response(429, refusal), request())
    const next = waits(clock, l, request())
    await clock.advance(60_000)
    expect(next.at).toBeGreaterThanOrEqual(10_000)
    expect(next.at).toBeLessThanOrEqual(10_050)
  })

  test('the refused goes back to the head of its queue; what has a token and is not sent is held back', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1000:1000', '1000:1000')
    const first = sent(l, request())
    await clock.advance(1)
    const held = l.acquire(request()) as Ticket
    await clock.advance(5)
    first.answer(response(429, { ...full, 'x-rate-limit-type': 'method', 'retry-after': '1' }), request())
    expect(held.send()).toBe(false)
    const order: string[] = []
    const enter = (name: string, after?: Ticket): void => {
      void (l.acquire(request(), { after }) as Promise<Ticket>).then(() => order.push(name))
    }
    enter('late')
    enter('held', held)
    enter('first', first)
    await clock.advance(2000)
    expect(order).toEqual(['first', 'held', 'late'])
  })

  test('those under way at the refusal do not prolong the pause', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1000:1000', '1000:1000')
    const burst = Array.from({ length: 5 }, () => sent(l, request()))
    for (const ticket of burst) {
      await clock.advance(100)
      ticket.answer(response(429, { 'x-rate-limit-type': 'service', 'retry-after': '2' }), request())
    }
    const next = waits(clock, l, request())
    await clock.advance(10_000)
    expect(next.at).toBe(2130)
  })

  test('an overloaded service is asked by half as many at a time, and by more again when it recovers', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1000:1000', '1000:1000')
    const burst = Array.from({ length: 8 }, () => sent(l, request()))
    burst[0]!.answer(response(429, { 'x-rate-limit-type': 'service', 'retry-after': '1' }), request())
    for (const ticket of burst.slice(1)) ticket.answer(response(200, full), request())
    const next = Array.from({ length: 8 }, () => waits(clock, l, request()))
    const through = (): number => next.filter(({ at }) => at !== undefined).length
    await clock.advance(2000)
    expect(through()).toBe(4)
    next[0]!.ticket!.send()
    next[0]!.ticket!.answer(response(200), request())
    await clock.advance(0)
    expect(through()).toBe(6)
  })
})

describe('queues', () => {
  test('no method waits for the limit of another one', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1000:1000', '1:60')
    const blocked = waits(clock, l, request())
    expect(waits(clock, l, request('other')).at).toBe(30)
    await clock.advance(1000)
    expect(blocked.at).toBeUndefined()
  })

  test('first come, first served over all methods; the urgent go first, but nobody is overtaken for ever', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1:1', '1000:1000', { ageing: 1000 })
    const order: string[] = []
    const enter = (name: string, priority = 0): void => {
      const r = request(name.slice(0, 1))
      void Promise.resolve(l.acquire(r, { priority })).then((ticket) => {
        order.push(name)
        ticket.send()
        ticket.answer(response(200, limits(['1:1', '1:1'], WIDE)), r)
      })
    }
    enter('a1')
    await clock.advance(1)
    enter('b1')
    await clock.advance(1)
    enter('a2')
    enter('c urgent', 1)
    enter('a low', -5)
    await clock.advance(2500)
    enter('d urgent but too late for a2', 1)
    await clock.advance(20_000)
    expect(order).toEqual(['c urgent', 'a1', 'b1', 'a2', 'd urgent but too late for a2', 'a low'])
    expect(clock.pending).toBe(0)
  })

  test('a reserve is kept for the urgent, and lent to the others in the last tenth of the window', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '10:10', '1000:1000', { reserve: 0.2 })
    for (let i = 0; i < 7; i++) sent(l, request())
    const normal = waits(clock, l, request())
    const urgent = waits(clock, l, request(), { priority: 1 })
    expect(urgent.at).toBe(30)
    await clock.advance(20_000)
    expect(normal.at).toBe(9000)
  })

  test('spread: at even distances instead of all at once, but for the urgent', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '20:1,100:120', '1000:1000', { policy: 'spread' })
    const notes = Array.from({ length: 5 }, () => waits(clock, l, request()))
    expect(waits(clock, l, request(), { priority: 1 }).at).toBe(30)
    await clock.advance(10_000)
    expect(notes.map(({ at }) => at)).toEqual([30, 1210, 2410, 3610, 4810])
  })

  test('no more under way to one host than maxInFlight', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '1000:1000', '1000:1000', { maxInFlight: 2 })
    const tickets = [sent(l, request()), sent(l, request('b'))]
    const next = waits(clock, l, request())
    await clock.advance(100)
    expect(next.at).toBeUndefined()
    tickets[0]!.fail()
    await clock.advance(0)
    expect(next.at).toBe(130)
  })

  test('whoever leaves takes no token along: abort, deadline, cancel', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '2:10', '1000:1000')
    sent(l, request()).answer(response(200, limits(['2:10', '2:10'])), request())
    const controller = new AbortController()
    const aborted = waits(clock, l, request(), { signal: controller.signal })
    const late = waits(clock, l, request(), { deadline: 500 })
    const stays = waits(clock, l, request('b'))
    controller.abort(new Error('enough'))
    await clock.advance(1000)
    expect(aborted.error).toMatchObject({ message: 'enough' })
    expect(late.error).toMatchObject({ name: 'TimeoutError' })
    expect(l.waiting).toBe(1)
    await clock.advance(10_000)
    expect(stays.at).toBeLessThan(10_050)
    void l.acquire(request())
    const cancelled = waits(clock, l, request())
    l.cancel(new Error('closing'))
    await clock.advance(0)
    expect(cancelled.error).toMatchObject({ message: 'closing' })
    expect(clock.pending).toBe(0)
    await expect(l.acquire(request(), { signal: controller.signal })).rejects.toThrow('enough')
    await expect(l.acquire(request(), { deadline: clock.now() })).rejects.toThrow('deadline')
  })

  test('a ticket that is given back can be used by the next', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '2:10', '1000:1000')
    const ticket = l.acquire(request()) as Ticket
    const next = waits(clock, l, request())
    ticket.abandon()
    await clock.advance(0)
    expect(next.at).toBe(30)
  })
})

describe('limits that change', () => {
  test('lowered or raised: what was sent is not forgotten', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '10:10', '1000:1000')
    for (let i = 2; i <= 5; i++) sent(l, request()).answer(response(200, limits(['10:10', `${i}:10`])), request())
    sent(l, request()).answer(response(200, limits(['6:10', '6:10'])), request())
    expect(mustWait(l, request())).toBe(true)
    await clock.advance(10_100)
    sent(l, request()).answer(response(200, limits(['3:10', '1:10'])), request())
    expect(l.limits()[0]!.app.windows).toMatchObject([{ limit: 3, ms: 10_000, used: 1 }])
  })

  test('a third window counts what the server says; one that vanishes and comes back remembers', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '10:10', '1000:1000')
    const answer = (app: [string, string]): boolean => sent(l, request()).answer(response(200, limits(app)), request())
    answer(['60:600,10:10,500:100', '41:600,2:10,2:100'])
    expect(l.limits()[0]!.app.windows.map(({ ms, used }) => [ms, used])).toEqual([
      [10_000, 2],
      [600_000, 41],
      [100_000, 2],
    ])
    await clock.advance(30)
    answer(['10:10', '3:10'])
    expect(l.limits()[0]!.app.windows).toHaveLength(1)
    answer(['60:600,10:10', '43:600,4:10'])
    expect(l.limits()[0]!.app.windows.map(({ ms, used }) => [ms, used])).toEqual([
      [10_000, 4],
      [600_000, 43],
    ])
  })

  test('in the simulator: a lowered limit costs what was under way at most, a raised one is used', async () => {
    const { clock, simulator, ask, limiter: l } = setUp({ app: '50:10', seed: 1 })
    await clock.run(() => Promise.all(Array.from({ length: 50 }, () => ask(pathOf(0)))))
    simulator.setLimits({ limits: '20:10' })
    await clock.run(() => Promise.all(Array.from({ length: 60 }, () => ask(pathOf(0)))))
    const before = clock.now()
    simulator.setLimits({ limits: '200:10' })
    await clock.run(() => Promise.all(Array.from({ length: 400 }, () => ask(pathOf(0)))))
    expect(clock.now() - before).toBeLessThan(35_000)
    expect(simulator.stats().statuses['429'] ?? 0).toBeLessThanOrEqual(30)
    expect(l.limits()[0]!.app.windows).toMatchObject([{ limit: 200 }])
  })
})

describe('others use the same key', () => {
  test('their requests are charged as soon as a count tells of them', async () => {
    const clock = new VirtualClock()
    const l = await warm(clock, '10:10', '1000:1000')
    sent(l, request()).answer(response(200, limits(['10:10', '9:10'])), request())
    sent(l, request())
    expect(mustWait(l, request())).toBe(true)
    expect(l.limits()[0]!.app.windows).toMatchObject([{ used: 10 }])
  })

  test('both make progress, and few requests are refused', async () => {
    const { clock, simulator, ask } = setUp({ app: '100:10', seed: 3 })
    simulator.foreign({ route: 'na1', rps: 4 })
    const statuses = await clock.run(() => Promise.all(Array.from({ length: 600 }, () => ask(pathOf(0)))))
    expect(statuses.every((status) => status === 200)).toBe(true)
    // 60 of 100 are left to us.
    expect(clock.now()).toBeLessThan(130_000)
    expect(simulator.stats().statuses['429'] ?? 0).toBeLessThanOrEqual(30)
  })
})

test('a server that begins to slide and stops again: the limiter follows', async () => {
  const { clock, limiter: l, ask, simulator } = setUp({ app: '100:10', seed: 1, windowMode: 'sliding' })
  await clock.run(() => Promise.all(Array.from({ length: 250 }, () => ask(pathOf(0)))))
  expect(l.limits()[0]!.app.windows).toMatchObject([{ slides: true }])
  expect(simulator.stats().statuses['429'] ?? 0).toBeLessThanOrEqual(1)
  // The same key at a server of the other kind.
  const other = setUp({ app: '100:10', seed: 1 })
  const state = l.save()
  const next = new RiotRateLimiter({
    clock: other.clock,
    random: () => 0.5,
    wallClock: () => state.savedAt + 60_000,
    state,
  })
  const again = asker(createTransport(other.simulator), next)
  await other.clock.run(() => Promise.all(Array.from({ length: 1500 }, () => again(pathOf(0)))))
  expect(next.limits()[0]!.app.windows).toMatchObject([{ slides: false }])
  expect(other.simulator.stats().statuses['429']).toBeUndefined()
})

test('run: a 429 is no result, an error is passed on and gives its token back', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock)
  const answers = [429, 429, 200]
  const result = await clock.run(() =>
    l.run({ url: request().url }, () => Promise.resolve({ status: answers.shift()!, headers: new Headers() })),
  )
  expect(result.status).toBe(200)
  await expect(l.run({ url: request().url }, () => Promise.reject(new Error('no net')))).rejects.toThrow('no net')
  expect(l.limits()[0]!.inFlight).toBe(0)
})

test('wrong options are refused at once', () => {
  expect(() => new RiotRateLimiter({ policy: 'slow' as 'burst' })).toThrow(TypeError)
  expect(() => new RiotRateLimiter({ reserve: 1 })).toThrow(RangeError)
  expect(() => new RiotRateLimiter({ maxInFlight: 0 })).toThrow(RangeError)
  expect(() => new RiotRateLimiter({ ageing: -1 })).toThrow(RangeError)
  expect(() => new RiotRateLimiter({ state: {} as never })).toThrow('save()')
  expect(() => new RiotRateLimiter({ random: 1 as never })).toThrow(TypeError)
  const l = limiter(new VirtualClock())
  expect(() => l.acquire(request(), { cost: 2 })).toThrow(RangeError)
  expect(() => l.acquire(request(), { priority: 0.5 })).toThrow(RangeError)
})

test('a window is not let through in one go: the event loop turns meanwhile, and nobody overtakes', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock)
  const first = sent(l, request())
  const order: number[] = []
  const enter = (i: number): void => void Promise.resolve(l.acquire(request())).then(() => order.push(i))
  for (let i = 0; i < 180; i++) enter(i)
  await clock.advance(50)
  first.answer(response(200, limits(['500:10', '1:10'], WIDE)), request())
  // Others go 20 ms after the first answer. What is due at the same time has its turn after the first of them.
  let meanwhile = 0
  clock.setTimer(() => {
    meanwhile = order.length
    enter(180)
  }, 20)
  await clock.advance(20)
  expect(meanwhile).toBe(50)
  expect(order).toEqual(Array.from({ length: 181 }, (_, i) => i))
  expect(clock.pending).toBe(0)
})
