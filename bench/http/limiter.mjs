// The rate limiter alone, 100,000 queued: what it costs to enter the line, and to be let in, sent and answered. CPU time in µs each, as JSON.

import { HttpRateLimiter } from '@sluice/http'

const COUNT = 100_000
const ROUNDS = 7

/** Moves only when it is told to. */
class ManualClock {
  time = 0
  timers = new Set()
  now = () => this.time
  setTimer = (callback, ms) => {
    const timer = { callback, at: this.time + ms }
    this.timers.add(timer)
    return timer
  }
  clearTimer = (timer) => this.timers.delete(timer)
  advance(ms) {
    this.time += ms
    for (const timer of this.timers) {
      if (timer.at > this.time) continue
      this.timers.delete(timer)
      timer.callback()
    }
  }
}

const headers = (record) => ({
  get: (name) => record[name],
  has: (name) => name in record,
  entries: () => Object.entries(record),
})
const request = {
  method: 'GET',
  url: 'https://api.example.com/users/1',
  route: '/users/{id}',
  headers: headers({ 'x-api-key': 'k' }),
}
const response = { status: 200, headers: headers({ 'content-type': 'application/json' }) }

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
const enqueue = []
const admit = []
for (let round = 0; round < ROUNDS; round++) {
  const clock = new ManualClock()
  const limiter = new HttpRateLimiter({ rate: `${COUNT}/s`, dialect: false, clock })
  const use = (ticket) => {
    ticket.send()
    ticket.answer(response, request)
  }
  for (let i = 0; i < COUNT; i++) use(limiter.acquire(request))
  let started = cpu()
  const waiting = Array.from({ length: COUNT }, () => limiter.acquire(request))
  enqueue.push((cpu() - started) / COUNT)
  started = cpu()
  clock.advance(1001)
  for (const ticket of waiting) use(await ticket)
  admit.push((cpu() - started) / COUNT)
}
console.log(JSON.stringify({ enqueue: median(enqueue), admit: median(admit) }))
