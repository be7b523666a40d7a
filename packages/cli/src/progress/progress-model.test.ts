import type { SluiceEvent } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import { statusError } from '../../test/status-error.ts'
import { NotStartedError } from '@sluice/runs'
import { bottleneck } from './bottleneck.ts'
import { tellDetails } from './details.ts'
import type { LimitView } from './limit-view.ts'
import { progressFrame } from './progress-frame.ts'
import { progressLine } from './progress-line.ts'
import { ProgressModel, type ProgressFacts, type ProgressSnapshot } from './progress-model.ts'
import { COLOURED, PLAIN } from './style.ts'

type Facts = SluiceEvent extends infer E ? (E extends SluiceEvent ? Omit<E, 'time' | 'source'> : never) : never

/** A model that is told events at times. */
class Story {
  readonly model: ProgressModel
  #now = 1000
  #index = 0

  constructor(facts: Partial<ProgressFacts> = {}) {
    this.model = new ProgressModel({ rate: [], concurrency: 4, adaptive: false, ...facts }, this.#now)
  }

  pass(ms: number): this {
    this.#now += ms
    return this
  }

  tell(facts: Facts): this {
    this.model.onEvent({ ...facts, time: this.#now, source: 'fetch' })
    return this
  }

  begin(name: string, attempt = 1, index: number = this.#index++): number {
    this.tell({ type: 'runAttempt', index, name, attempt })
    return index
  }

  end(index: number, ms: number, error?: unknown): this {
    const ok = error === undefined
    return this.tell({ type: 'attempt', index, name: 'n', attempt: 1, ms, ok, error }).tell({
      type: 'settled',
      index,
      name: 'n',
      status: ok ? 'fulfilled' : 'rejected',
      attempts: 1,
      waited: 5,
      ran: ms,
      error,
    })
  }

  get now(): ProgressSnapshot {
    return this.model.snapshot(this.#now)
  }
}

describe('the model', () => {
  test('adds up what events tell', () => {
    const story = new Story()
    story.tell({ type: 'runTotal', items: 10 })
    const [a, b, c] = [story.begin('a'), story.begin('b'), story.begin('c')]
    story.pass(100).end(a, 100).end(b, 100, statusError(404))
    story.tell({ type: 'attempt', index: c, name: 'c', attempt: 1, ms: 100, ok: false, error: statusError(503) })
    story.tell({ type: 'waiting', index: c, name: 'c', on: 'backoff', ms: 50 })
    expect(story.now).toMatchObject({
      total: 10,
      done: 2,
      ok: 1,
      failed: 1,
      attempts: 3,
      retried: 1,
      inFlight: 0,
      backingOff: 1,
    })
    expect(story.now.errors).toEqual([['404', 1]])
    story.pass(50).begin('c', 2, c)
    expect(story.now).toMatchObject({
      inFlight: 1,
      backingOff: 0,
      attempts: 4,
      slowest: [{ name: 'c', ms: 0, attempt: 2 }],
    })
    story.end(c, 30)
    expect(story.now).toMatchObject({ done: 3, ok: 2, inFlight: 0, perSecond: 3000 / 150 })
  })

  test('counts bytes, statuses, and what is no item', () => {
    const story = new Story()
    const end = {
      id: 1,
      method: 'GET',
      url: 'http://h',
      route: undefined,
      attempt: 1,
      ok: true,
      ms: 1,
      error: undefined,
    }
    story
      .tell({ type: 'httpEnd', ...end, status: 200, bytes: 500 })
      .tell({ type: 'httpEnd', ...end, status: 0, bytes: 0 })
    story.tell({ type: 'runBadItem', place: 'in:3', problem: 'is not JSON' })
    expect(story.now).toMatchObject({ bytes: 500, statuses: { 200: 1 }, bad: 1 })
  })

  test('does not count what was cancelled, or never begun', () => {
    const story = new Story()
    story.end(story.begin('a'), 1, new NotStartedError())
    const index = story.begin('b')
    const settled = { index, name: 'b', attempts: 1, waited: 0, ran: 0, error: undefined } as const
    story.tell({ type: 'settled', ...settled, status: 'cancelled' })
    expect(story.now).toMatchObject({ done: 0, failed: 0, inFlight: 0, errors: [] })
  })

  test('tells what remains by what can be sustained, not by what was fast lately', () => {
    const story = new Story({
      rate: [
        { limit: 20, ms: 1000 },
        { limit: 100, ms: 120_000 },
      ],
      concurrency: 10,
    })
    story.tell({ type: 'runTotal', items: 1100 })
    for (let i = 0; i < 100; i++) story.end(story.begin(`${i}`), 10)
    expect(story.now.eta).toBe(1000 * 1200)
    const slow = new Story({ concurrency: 10 })
    slow.tell({ type: 'runTotal', items: 1100 })
    for (let i = 0; i < 100; i++) slow.end(slow.begin(`${i}`), 500)
    expect(slow.now.eta).toBe((1000 * 500) / 10)
    expect(new Story().now.eta).toBeUndefined()
  })

  test('knows how full each window of the rate is', () => {
    const story = new Story({ rate: [{ limit: 3, ms: 1000 }] })
    for (let i = 0; i < 3; i++) story.begin('x')
    expect(story.now.windows).toEqual([{ limit: 3, ms: 1000, used: 3 }])
    expect(story.pass(1100).now.windows[0]!.used).toBe(0)
  })

  test('a limit that lets somebody wait is known until it goes on, or is forgotten', () => {
    const story = new Story()
    story.tell({ type: 'stall', key: '20/s', ms: 800, waiting: 1 }).pass(300)
    expect(story.now.stalled).toEqual({ key: '20/s', ms: 500 })
    expect(story.tell({ type: 'resume', key: '20/s', stalled: 300 }).now.stalled).toBeUndefined()
    story.tell({ type: 'stall', key: 'h', ms: 100, waiting: 1 }).pass(2000)
    expect(story.now.stalled).toBeUndefined()
  })
})

describe('why it is not faster', () => {
  test('the reason that counts is named', () => {
    const story = new Story({ concurrency: 2 })
    expect(bottleneck(story.now)).toBe('waits for the first item')
    const a = story.begin('a')
    expect(bottleneck(story.now)).toBe('the input: items come slower than they are done')
    const b = story.begin('b')
    expect(bottleneck(story.now)).toBe('all 2 slots are busy; -c would allow more')
    story.pass(84).end(a, 84)
    story.begin('c')
    expect(bottleneck(story.now)).toMatch(/^all 2 slots are busy, and an answer takes 8\dms; -c would allow more$/)
    story.tell({ type: 'stall', key: '20/s', ms: 1400, waiting: 1 })
    expect(bottleneck(story.now)).toBe('the rate limit 20/s: the next may go in 1.4s')
    story.tell({ type: 'resume', key: '20/s', stalled: 1 }).end(b, 84)
    story.tell({ type: 'runTotal', items: 3 })
    expect(bottleneck(story.now)).toBe('the last 1 are in flight')
    story.tell({ type: 'runOutput', waiting: true })
    expect(bottleneck(story.now)).toBe('the output: whoever reads it is slower than the server')
    story.tell({ type: 'runStop', now: false, kind: 'signal' })
    expect(bottleneck(story.now)).toBe('stopping: nothing new begins, 1 in flight end first')
  })

  test('backoffs are named when they are what is waited for', () => {
    const story = new Story()
    const index = story.begin('a')
    story.tell({ type: 'attempt', index, name: 'a', attempt: 1, ms: 1, ok: false, error: statusError(503) })
    story.tell({ type: 'waiting', index, name: 'a', on: 'backoff', ms: 500 })
    expect(bottleneck(story.now)).toBe('failures: 1 wait for their next attempt')
    story.tell({ type: 'runTotal', items: 1 })
    expect(bottleneck(story.now)).toBe('the last 1 wait for their next attempt')
  })

  test('a limit found on the way is explained', () => {
    const story = new Story({ concurrency: 4, adaptive: true })
    story.tell({ type: 'adaptive', limit: 1, inFlight: 1, reason: 'loss' })
    story.begin('a')
    expect(bottleneck(story.now)).toBe('all 1 slots are busy; beyond that the server is slower')
  })
})

describe('limits that are learned on the way', () => {
  const view = (name: string, used: number, limit: number, ms: number, wait = 0): LimitView => ({
    name,
    windows: [{ limit, ms, used }],
    wait,
  })

  test('bound what remains: what is fullest holds, and after its wait all of it is there again', () => {
    let views = [view('europe app', 40, 100, 120_000), view('euw1 app', 1, 100, 120_000)]
    const story = new Story({ limits: () => views, bounds: () => views })
    story.tell({ type: 'runTotal', items: 301 })
    story.pass(10).end(story.begin('a'), 10)
    // 300 more: 60 now, and 240 at 100 in two minutes.
    expect(story.now.eta).toBeCloseTo(288_000, -2)
    views = [view('euw1 app', 1, 100, 120_000), view('europe app', 100, 100, 120_000, 30_000)]
    expect(story.now.eta).toBeCloseTo(30_000 + 240_000, -2)
  })

  test('are shown while somebody waits for one of them, that one first', () => {
    const views = [view('euw1 app', 90, 100, 120_000), view('europe app', 20, 20, 1000, 400)]
    const story = new Story({ limits: () => views })
    expect(progressFrame('t', story.now, 100, PLAIN)[3]).toBe('limit  waits for the first item')
    story.tell({ type: 'stall', key: 'europe', ms: 400, waiting: 3 })
    expect(progressFrame('t', story.now, 100, PLAIN)[3]).toBe(
      'europe app  20/s ██████████ 20/20  waiting 400ms  euw1 app  100/2m █████████░ 90/100 ',
    )
  })

  test('make nobody in flight who only waits for them', () => {
    const story = new Story({ unsent: () => 2 })
    for (const name of ['a', 'b', 'c']) story.begin(name)
    expect([story.now.inFlight, story.now.unsent]).toEqual([1, 2])
    expect(bottleneck(story.now)).toBe('connecting: 2 wait for a connection')
  })

  test('stand among the details, with what runs', () => {
    const story = new Story({ limits: () => [view('europe app', 20, 20, 1000, 400)] })
    story.begin('first')
    story.pass(2000).begin('second')
    const said: string[] = []
    tellDetails(story.model, (line) => said.push(line), 3500)
    expect(said).toEqual([
      '-- 2 in flight, 0 wait for their next attempt; limit: the input: items come slower than they are done',
      '     2.5s  try 1  first',
      '    500ms  try 1  second',
      '   europe app: 20/s 20/20, the next in 400ms',
    ])
  })
})

describe('the picture', () => {
  const story = new Story({
    rate: [
      { limit: 20, ms: 1000 },
      { limit: 100, ms: 120_000 },
    ],
    concurrency: 64,
  })
  story.tell({ type: 'runTotal', items: 10_000 })
  for (let i = 0; i < 50; i++) story.end(story.begin('x'), 84)
  for (let i = 0; i < 2; i++) story.end(story.begin('y'), 84, statusError(404))
  story.begin('EUW1_7121000000', 2)
  story.pass(1500)

  test('shows where the run stands, and why it is not faster', () => {
    expect(progressFrame('fetch https://h/{}', story.now, 100, PLAIN)).toEqual([
      `fetch https://h/{}${' '.repeat(78)}1.5s`,
      '░░░░░░░░░░░░░░░░░░░░░░░░░░░  0.5%  52/10,000  ok 50  err 2  retried 0  eta 3h18m',
      '34.7/s now · 1/64 in flight · 9,947 queued · p50 84ms p95 84ms p99 84ms · 0 B',
      'limit  the input: items come slower than they are done',
      `slow EUW1_7121000000 1.5s try 2${' '.repeat(56)}Ctrl-C drains`,
    ])
    story.tell({ type: 'stall', key: '20/s,100/2m', ms: 14_000, waiting: 1 })
    expect(progressFrame('t', story.now, 100, PLAIN)[3]).toBe(
      'rate  20/s ░░░░░░░░░░ 0/20  100/2m █████░░░░░ 53/100  waiting 14s',
    )
  })

  test('no line is wider than the terminal, and colours change no width', () => {
    for (const columns of [10, 20, 40, 60, 79, 120]) {
      const plain = progressFrame('a very long title '.repeat(5), story.now, columns, PLAIN)
      for (const line of plain) expect(line.length).toBeLessThanOrEqual(columns)
      const coloured = progressFrame('a very long title '.repeat(5), story.now, columns, COLOURED)
      expect(coloured.map((line) => line.replaceAll(/\u001b\[\d+m/g, ''))).toEqual(plain)
    }
  })

  test('one plain line says the same', () => {
    expect(progressLine(new Story().pass(10_000).now)).toBe(
      '10s: 0 done, ok 0, err 0, retried 0, 0/s, 0/4 in flight, 0 B, limit: waits for the first item',
    )
  })
})
