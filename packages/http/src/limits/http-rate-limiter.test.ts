import { getEventListeners } from 'node:events'
import { VirtualClock } from '@sluice/core/testing'
import type { Clock, SluiceEvent } from '@sluice/core'
import { describe, expect, test, vi } from 'vitest'
import { HeaderList, ResponseHeaders } from '../headers.ts'
import { HttpRateLimiter, type HttpRateLimiterOptions, type TicketOptions } from './http-rate-limiter.ts'
import { hostScope } from './scopes.ts'
import type { Ticket } from './ticket.ts'
import type { HeaderDialect, LimitedRequest, LimitedResponse } from './types.ts'

function request(url = 'https://api.example/x', route?: string, headers: Record<string, string> = {}): LimitedRequest {
  return { method: 'GET', url, route, headers: HeaderList.from(headers) }
}

function response(status = 200, headers: Record<string, string> = {}): LimitedResponse {
  return { status, headers: new ResponseHeaders(headers) }
}

function limiter(clock: Clock, options: HttpRateLimiterOptions = {}): HttpRateLimiter {
  return new HttpRateLimiter({ clock, dialect: false, random: () => 0.5, ...options })
}

/** Sends once: takes a ticket, notes when, answers at once. */
async function once(l: HttpRateLimiter, clock: VirtualClock, sent: number[], options?: TicketOptions): Promise<void> {
  const ticket = await l.acquire(request(), options)
  expect(ticket.send()).toBe(true)
  sent.push(clock.now())
  ticket.answer(response(), request())
}

test('is free at once, without a promise, as long as the limit allows', async () => {
  const l = limiter(new VirtualClock(), { rate: '2/s' })
  const one = l.acquire(request()) as Ticket
  const two = l.acquire(request()) as Ticket
  expect(one.send() && two.send()).toBe(true)
  const three = l.acquire(request())
  expect(three).toBeInstanceOf(Promise)
  l.cancel()
  await expect(three).rejects.toThrow('cancelled')
})

test('law 112: keeps the given limits in every interval', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock, { rate: '3/s,10/10s' })
  const sent: number[] = []
  await clock.run(() => Promise.all(Array.from({ length: 25 }, () => once(l, clock, sent))))
  expect(sent).toHaveLength(25)
  for (const [limit, ms] of [
    [3, 1000],
    [10, 10_000],
  ] as const) {
    for (let i = 0; i + limit < sent.length; i++) expect(sent[i + limit]! - sent[i]!).toBeGreaterThanOrEqual(ms)
  }
  expect(sent.at(-1)).toBe(21_000)
  expect(clock.pending).toBe(0)
})

test('a token counts from the instant of sending, not from when it was taken', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock, { rate: '1/s' })
  const ticket = l.acquire(request()) as Ticket
  const next = l.acquire(request()) as Promise<Ticket>
  let got = Number.NaN
  void next.then(() => (got = clock.now()))
  await clock.advance(5000)
  expect(got).toBeNaN()
  ticket.send()
  ticket.answer(response(), request())
  await clock.advance(5000)
  expect(got).toBe(6000)
})

test('law 111: Retry-After pauses the whole key once, and holds back what has a token but is not sent', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock, { rate: '10/s' })
  const tickets = Array.from({ length: 5 }, () => l.acquire(request()) as Ticket)
  for (const ticket of tickets.slice(0, 3)) ticket.send()
  await clock.advance(100)
  expect(tickets[0]!.answer(response(429, { 'retry-after': '2' }), request())).toBe(true)
  expect(tickets[3]!.send()).toBe(false)
  await clock.advance(1000)
  // The echo of the same refusal must not prolong the pause.
  expect(tickets[1]!.answer(response(429, { 'retry-after': '2' }), request())).toBe(true)
  tickets[2]!.answer(response(), request())
  const back = l.acquire(request(), { after: tickets[3]! }) as Promise<Ticket>
  let at = 0
  void back.then(() => (at = clock.now()))
  await clock.advance(10_000)
  expect(at).toBe(2100)
})

test('a refusal without Retry-After backs off, longer each time, with jitter', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock)
  const waits: number[] = []
  await clock.run(async () => {
    for (let i = 0; i < 4; i++) {
      const asked = clock.now()
      const ticket = await l.acquire(request())
      waits.push(clock.now() - asked)
      ticket.send()
      ticket.answer(response(i < 3 ? 429 : 200), request())
    }
    ;(await l.acquire(request())).abandon()
  })
  expect(waits).toEqual([0, 750, 1500, 3000])
})

describe('lines', () => {
  test('one key that waits does not hold up another', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/m' })
    const a = l.acquire(request('https://a.example/')) as Ticket
    a.send()
    const waiting = l.acquire(request('https://a.example/')) as Promise<Ticket>
    waiting.catch(() => {})
    const b = l.acquire(request('https://b.example/'))
    expect(b).not.toBeInstanceOf(Promise)
    l.cancel()
  })

  test('one route that waits does not hold up another route of the same host', async () => {
    const clock = new VirtualClock()
    const l = routed(clock, { host: '100/s', route: '1/m' })
    ;(l.acquire(request(undefined, '/a')) as Ticket).send()
    ;(l.acquire(request(undefined, '/a')) as Promise<Ticket>).catch(() => {})
    expect(l.acquire(request(undefined, '/b'))).not.toBeInstanceOf(Promise)
    l.cancel()
  })

  test('lanes that share a budget are served in order of arrival', async () => {
    const clock = new VirtualClock()
    const l = routed(clock, { host: '1/s', route: '100/s' })
    ;(l.acquire(request(undefined, '/a')) as Ticket).send()
    const order: string[] = []
    for (const route of ['/b', '/a', '/c', '/b', '/a']) {
      void (l.acquire(request(undefined, route)) as Promise<Ticket>).then((ticket) => {
        order.push(`${route} ${clock.now()}`)
        ticket.send()
      })
      await clock.advance(1)
    }
    await clock.advance(10_000)
    expect(order).toEqual(['/b 1000', '/a 2000', '/c 3000', '/b 4000', '/a 5000'])
  })

  test('who comes when a timer is late does not overtake those whose time has come', async () => {
    const clock = { time: 0, now: () => clock.time, setTimer: () => 0, clearTimer: () => {} }
    const l = routed(clock, { host: '1/s', route: '100/s' })
    ;(l.acquire(request(undefined, '/a')) as Ticket).send()
    const first = l.acquire(request(undefined, '/b')) as Promise<Ticket>
    clock.time = 1000
    const late = l.acquire(request(undefined, '/c'))
    expect(late).toBeInstanceOf(Promise)
    expect((await first).takenAt).toBe(1000)
    l.cancel()
    await expect(late).rejects.toThrow('cancelled')
  })

  test('credentials have budgets of their own, and their keys do not tell them', async () => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const l = limiter(clock, { rate: '1/m', onEvent: (event) => events.push(event) })
    ;(l.acquire(request(undefined, undefined, { authorization: 'Bearer s3cret' })) as Ticket).send()
    expect(l.acquire(request(undefined, undefined, { authorization: 'Bearer other' }))).not.toBeInstanceOf(Promise)
    ;(l.acquire(request(undefined, undefined, { authorization: 'Bearer s3cret' })) as Promise<Ticket>).catch(() => {})
    expect(JSON.stringify([events, l.statistics()])).not.toContain('s3cret')
    expect(events.map(({ type }) => type)).toEqual(['stall'])
    l.cancel()
  })

  test('priority goes first, and ageing keeps it from starving the others', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/s', ageing: 3000 })
    const order: string[] = []
    const enter = (name: string, priority: number) =>
      void Promise.resolve(l.acquire(request(), { priority })).then((ticket) => {
        order.push(name)
        ticket.send()
        ticket.answer(response(), request())
      })
    enter('first', 0)
    enter('low', 0)
    await clock.advance(500)
    for (let i = 0; i < 6; i++) {
      enter(`high ${i}`, 1)
      await clock.advance(1000)
    }
    await clock.advance(10_000)
    expect(order).toEqual(['first', 'high 0', 'high 1', 'high 2', 'low', 'high 3', 'high 4', 'high 5'])
  })

  test('who comes back after a refusal takes up its old place', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/s' })
    const refused = l.acquire(request()) as Ticket
    refused.send()
    const order: string[] = []
    for (const name of ['b', 'c']) {
      void (l.acquire(request()) as Promise<Ticket>).then((ticket) => {
        order.push(name)
        ticket.send()
      })
    }
    refused.answer(response(429, { 'retry-after': '5' }), request())
    void (l.acquire(request(), { after: refused }) as Promise<Ticket>).then((ticket) => {
      order.push('a')
      ticket.send()
    })
    await clock.advance(20_000)
    expect(order).toEqual(['a', 'b', 'c'])
  })
})

describe('leaving', () => {
  test('an aborted signal leaves the line, takes no token along and leaves no listener', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/s' })
    ;(l.acquire(request()) as Ticket).send()
    const controller = new AbortController()
    const gone = l.acquire(request(), { signal: controller.signal }) as Promise<Ticket>
    const other = new AbortController()
    const stays = l.acquire(request(), { signal: other.signal, scope: new AbortController().signal }) as Promise<Ticket>
    expect(getEventListeners(other.signal, 'abort')).toHaveLength(1)
    controller.abort(new Error('enough'))
    await expect(gone).rejects.toThrow('enough')
    let at = 0
    void stays.then(() => (at = clock.now()))
    await clock.advance(1000)
    expect(at).toBe(1000)
    expect(l.statistics().waiting).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    expect(getEventListeners(other.signal, 'abort')).toHaveLength(0)
    await expect(l.acquire(request(), { signal: controller.signal })).rejects.toThrow('enough')
  })

  test('a deadline leaves the line; with nobody left no timer is armed', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/h' })
    ;(l.acquire(request()) as Ticket).send()
    const late = (l.acquire(request(), { deadline: 700 }) as Promise<Ticket>).catch((error: unknown) => error)
    await clock.advance(700)
    expect(await late).toMatchObject({ name: 'TimeoutError', ms: 700 })
    expect(clock.pending).toBe(0)
    await expect(l.acquire(request(), { deadline: 700 })).rejects.toThrow('deadline')
  })

  test('an abandoned ticket gives its token back at once', async () => {
    const clock = new VirtualClock()
    const l = limiter(clock, { rate: '1/h' })
    const ticket = l.acquire(request()) as Ticket
    const next = l.acquire(request()) as Promise<Ticket>
    ticket.abandon()
    ticket.abandon()
    expect((await next).send()).toBe(true)
    expect(l.statistics().buckets[0]!.windows[0]!.used).toBe(1)
  })
})

describe('probing', () => {
  const ietf = { ratelimit: '"d";r=99;t=60', 'ratelimit-policy': '"d";q=100;w=60' }

  test('sends one request to a host it knows nothing of, and the rest when the answer has told the limits', async () => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const l = new HttpRateLimiter({ clock, onEvent: (event) => events.push(event) })
    const probe = l.acquire(request()) as Ticket
    const others = Array.from({ length: 150 }, () => l.acquire(request()) as Promise<Ticket>)
    let out = 0
    for (const other of others)
      other.then(
        () => out++,
        () => {},
      )
    await clock.advance(50)
    expect(out).toBe(0)
    probe.send()
    probe.answer(response(200, ietf), request())
    await clock.advance(0)
    expect(out).toBe(99)
    expect(events.map(({ type }) => type)).toEqual(['stall', 'limitLearned', 'resume', 'stall'])
    expect(events[1]).toMatchObject({ key: 'https://api.example', limit: '100/m' })
    l.cancel()
    await Promise.allSettled(others)
  })

  test('a probe that fails is followed by the next one; a server without limits is free after one', async () => {
    const clock = new VirtualClock()
    const l = new HttpRateLimiter({ clock })
    const probe = l.acquire(request()) as Ticket
    const second = l.acquire(request()) as Promise<Ticket>
    const third = l.acquire(request()) as Promise<Ticket>
    probe.send()
    probe.fail()
    const next = await second
    let free = false
    void third.then(() => (free = true))
    next.send()
    next.answer(response(500), request())
    const last = await third
    expect(free).toBe(true)
    last.send()
    last.answer(response(200), request())
    for (let i = 0; i < 1000; i++) expect(l.acquire(request())).not.toBeInstanceOf(Promise)
  })

  test('limits that were learned before need no probe', async () => {
    const clock = new VirtualClock()
    const before = new HttpRateLimiter({ clock })
    const probe = before.acquire(request()) as Ticket
    probe.send()
    probe.answer(response(200, ietf), request())
    const learned = JSON.parse(JSON.stringify(before.learned())) as ReturnType<HttpRateLimiter['learned']>
    expect(learned).toEqual({ 'https://api.example': [{ id: 'd', limit: 100, ms: 60_000 }] })
    const after = new HttpRateLimiter({ clock, learned })
    for (let i = 0; i < 100; i++) expect(after.acquire(request())).not.toBeInstanceOf(Promise)
    expect(after.acquire(request())).toBeInstanceOf(Promise)
  })
})

test('a dialect that throws costs the lesson, with one warning', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  try {
    const read = () => {
      throw new Error('bug')
    }
    const l = limiter(new VirtualClock(), { dialect: { name: 'buggy', read } })
    const ticket = l.acquire(request()) as Ticket
    ticket.send()
    expect(ticket.answer(response(429), request())).toBe(true)
    // Told again, it repeats itself.
    expect(ticket.answer(response(200), request())).toBe(true)
    const other = l.acquire(request('https://other.example/')) as Ticket
    other.send()
    other.answer(response(), request())
    expect(warn).toHaveBeenCalledTimes(1)
    expect(l.statistics().buckets.map(({ inFlight }) => inFlight)).toEqual([0, 0])
  } finally {
    warn.mockRestore()
  }
})

describe('options', () => {
  test.each([
    [{ rate: '20' }, 'does not say per what'],
    [{ rate: { app: '20/s' } }, 'rate.app names no scope of the dialect: it has host, route'],
    [{ ageing: -1 }, 'ageing must be'],
    [{ dialect: 5 as never }, 'dialect must have a method read'],
  ])('refuses %j', (options, message) => {
    expect(() => new HttpRateLimiter(options)).toThrow(message)
  })

  test('refuses a priority that is none', () => {
    const l = new HttpRateLimiter()
    expect(() => l.acquire(request(), { priority: 0.5 })).toThrow('priority must be a whole number from -100 to 100')
    expect(() => l.acquire(request(), { cost: -1 })).toThrow('cost must be')
  })
})

test('many keys leave no lanes and no buckets behind', async () => {
  const clock = new VirtualClock()
  const l = limiter(clock, { rate: '5/s' })
  for (let i = 0; i < 25_000; i++) {
    const ticket = l.acquire(request(`https://h${i}.example/`)) as Ticket
    ticket.send()
    ticket.answer(response(), request())
    if (i % 1000 === 0) await clock.advance(2000)
  }
  expect(l.statistics().buckets.length).toBeLessThanOrEqual(10_000)
  // What was forgotten keeps its limits when it comes back.
  for (let i = 0; i < 5; i++) (l.acquire(request('https://h0.example/')) as Ticket).send()
  const sixth = l.acquire(request('https://h0.example/')) as Promise<Ticket>
  l.cancel()
  await expect(sixth).rejects.toThrow('cancelled')
})

function routed(clock: Clock, limits: Record<string, string>): HttpRateLimiter {
  const dialect: HeaderDialect = {
    name: 'test',
    scopes: [
      { ...hostScope, probe: false },
      { name: 'route', key: ({ route }, base) => `${base} ${route}` },
    ],
    read: () => undefined,
  }
  return limiter(clock, { rate: limits, dialect })
}
