// One client on a virtual clock, in a process of its own: its timers, its clock and its network are replaced, itself it is unchanged.
// An hour takes seconds, and the figures are the same each time, whoever else uses the machine.
import { EventEmitter, once } from 'node:events'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { PassThrough } from 'node:stream'

import { VirtualClock } from '../../packages/core/dist/testing.js'
import { RiotSimulator, createFetch, createTransport } from '../../packages/riot-sim/dist/index.js'
import { KEY } from './scenarios.mjs'
import { simulatorOptions, subjects } from './world.mjs'

const STATUS = { 200: 'OK', 429: 'Too Many Requests', 503: 'Service Unavailable' }

const [{ name, scenario }] = await once(process, 'message')
const clock = new VirtualClock()
const options = simulatorOptions(scenario)
const calm = new RiotSimulator({
  ...options,
  clock,
  latency: 'none',
  faults: [],
  keys: { [KEY]: { app: '1000000:1', methods: { '*': '1000000:1' } } },
})
const found = await clock.run(() => subjects(calm, createTransport(calm), scenario))
const simulator = new RiotSimulator({ ...options, clock })
replaceTime(clock)
replaceNetwork(simulator)
const { prepare, work } = await import('./work.mjs')
const client = await prepare(name)
try {
  const result = await clock.run(() => work(client, scenario, found))
  process.send({ ...result, stats: simulator.stats() }, () => process.exit())
} catch (error) {
  // On a real clock the process would end here: nothing is left that could wake it.
  if (!String(error).startsWith('DeadlockError')) console.error(error)
  process.send({ stats: simulator.stats() }, () => process.exit())
}

function replaceTime(clock) {
  const start = Date.now()
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(Math.floor(start + clock.now()))
      else super(...parts)
    }
    static now() {
      return Math.floor(start + clock.now())
    }
  }
  performance.now = () => clock.now()
  const handle = (timer) => ({ timer, ref: returnThis, unref: returnThis, hasRef: () => true })
  globalThis.setTimeout = (callback, ms = 0, ...rest) =>
    handle(clock.setTimer(() => callback(...rest), Math.max(1, ms)))
  globalThis.setInterval = (callback, ms = 0, ...rest) => {
    const interval = handle(undefined)
    const again = () => {
      interval.timer = clock.setTimer(again, Math.max(1, ms))
      callback(...rest)
    }
    interval.timer = clock.setTimer(again, Math.max(1, ms))
    return interval
  }
  globalThis.clearTimeout = (timeout) => clock.clearTimer(timeout?.timer)
  globalThis.clearInterval = (interval) => clock.clearTimer(interval?.timer)
  // Jitter, the same each time: the generator of Park and Miller (1988).
  let state = 20_260_601
  Math.random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function returnThis() {
  return this
}

function replaceNetwork(simulator) {
  globalThis.fetch = createFetch(simulator)
  const send = createTransport(simulator)
  https.request = (options) => {
    const request = new EventEmitter()
    request.end = () => {
      const url = options.href ?? `https://${options.hostname ?? options.host}${options.path}`
      const headers = Object.fromEntries(Object.entries(options.headers).map(([key, value]) => [key, String(value)]))
      send({ url, method: options.method, headers }).then(
        ({ status, headers: answered, body }) => {
          const response = new PassThrough()
          Object.assign(response, { statusCode: status, statusMessage: STATUS[status] ?? '', headers: answered })
          request.emit('response', response)
          response.end(body)
        },
        (error) => request.emit('error', error),
      )
    }
    return request
  }
  syncBuiltinESMExports()
}
