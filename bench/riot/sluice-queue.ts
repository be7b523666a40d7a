// What 100,000 waiting requests cost: to enter the queue, and to be let through, with the limits of a key that has been raised.

import type { LimitedRequest, LimitedResponse, Ticket } from '@sluice/http'
import { RiotRateLimiter } from '@sluice/riot'

/** Microseconds of processor time for each of `count` requests, spread over three methods; others may use the machine, too. */
export function measureQueue(count: number): Promise<{ enter: number; admit: number; timers: number }> {
  let now = 0
  let timers = 0
  let due: (() => void) | undefined
  const clock = {
    now: () => now,
    setTimer: (callback: () => void) => {
      timers++
      due = callback
      return 1
    },
    clearTimer: () => {
      due = undefined
    },
  }
  const limiter = new RiotRateLimiter({ clock })
  const requests = ['a', 'b', 'c'].map((route): LimitedRequest => ({
    method: 'GET',
    url: 'https://europe.api.riotgames.com/lol/match/v5/matches/EUW1_1',
    route,
    headers: { get: (name: string) => (name === 'x-riot-token' ? 'key' : undefined) } as LimitedRequest['headers'],
  }))
  let used = 0
  let windowStart = 0
  const answer = (): LimitedResponse => {
    if (now >= windowStart + 10_000) {
      windowStart = now
      used = 0
    }
    used++
    const headers: Record<string, string> = {
      'x-app-rate-limit': '3000:10,180000:600',
      'x-app-rate-limit-count': `${used}:10,${used}:600`,
      'x-method-rate-limit': '20000:10,1200000:600',
      'x-method-rate-limit-count': `${used}:10,${used}:600`,
    }
    return { status: 200, headers: { get: (name: string) => headers[name] } as LimitedResponse['headers'] }
  }
  return (async () => {
    const out: Ticket[] = []
    for (const request of requests) {
      const ticket = await limiter.acquire(request)
      ticket.send()
      now += 50
      ticket.answer(answer(), request)
      now += 50
    }
    const start = processorTime()
    const waiting = Array.from({ length: count }, (_, i) =>
      Promise.resolve(limiter.acquire(requests[i % 3]!)).then((ticket) => out.push(ticket)),
    )
    const enter = (processorTime() - start) / count
    let admitTime = 0
    let admitted = 0
    while (admitted < count) {
      // Lets those who were let through take their tickets.
      await new Promise((resolve) => setImmediate(resolve))
      const began = processorTime()
      now += 100
      for (const ticket of out.splice(0)) {
        admitted++
        ticket.send()
        ticket.answer(answer(), requests[0]!)
      }
      if (out.length === 0 && admitted < count) {
        now += 100
        due?.()
      }
      admitTime += processorTime() - began
    }
    await Promise.all(waiting)
    return { enter, admit: admitTime / count, timers }
  })()
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
