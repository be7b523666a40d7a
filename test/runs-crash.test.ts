// A run is killed at named points of every path that writes, at random, and by cutting its files: nothing is lost, nothing doubled.
// The long form is `npm run test:crash`.

import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../packages/runs/src/index.ts'
import { CrashHarness, integrityOf, readOutput, type Findings } from './runs/crash-harness.ts'
import type { Job } from './runs/crash-child.ts'
import { behaviour, childrenOf, expectedOf, inputOf } from './runs/plan.ts'

const LONG = process.env['CRASH_TESTS'] === 'long'
const KILLS = LONG ? 1000 : 50
const CUTS = LONG ? 1000 : 200
const OCCURRENCES = [1, 2, 3, 7, 15]
/** These come once in the life of a process. */
const ONCE = /^(open|begin|cut)\./
/** Children at the same time. */
const AT_ONCE = 3

vi.setConfig({ testTimeout: LONG ? 3_600_000 : 300_000 })

let harness: CrashHarness
beforeAll(async () => {
  harness = await CrashHarness.build()
}, 60_000)
afterAll(() => harness[Symbol.dispose]())

const COUNT = 160
const job = (folder: string, more: Partial<Job> = {}): Job => ({
  engine: 'run',
  sink: join(folder, more.sink ?? 'out.ndjson'),
  seed: 1,
  count: COUNT,
  concurrency: 8,
  ms: 4,
  durability: 'process',
  ...(({ sink: _, ...rest }) => rest)(more),
})

/** What is wrong with an output, in words; nothing if it is as it must be. */
function problems(findings: Findings, expected: ReadonlyMap<string, string>): string[] {
  const { outcomes, doubled, torn } = findings
  const lost = [...expected.keys()].filter((key) => !outcomes.has(key))
  const wrong = [...outcomes].filter(([key, how]) => expected.get(key) !== how)
  return [
    ...(lost.length > 0 ? [`${lost.length} lost, such as ${lost[0]}`] : []),
    ...(doubled > 0 ? [`${doubled} doubled`] : []),
    ...(torn > 0 ? [`${torn} torn`] : []),
    ...(wrong.length > 0 ? [`${wrong.length} wrong, such as ${wrong[0]!.join(': ')}`] : []),
  ]
}

/** Works through `cases`, some at a time. */
async function each<T>(cases: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...cases]
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** Every path that writes, before, in the middle and after. */
const POINTS = [
  'open.begin',
  'open.transaction',
  'open.committed',
  'begin.transaction',
  'begin.committed',
  'cut.before',
  'cut.done',
  'load.transaction',
  'load.committed',
  'flush.begin',
  'output.before',
  'output.half',
  'output.written',
  'flush.synced',
  'commit.transaction',
  'commit.committed',
]
/** Of a run that is opened again. */
const RECOVERY = [
  'open.begin',
  'open.transaction',
  'open.committed',
  'undo.transaction',
  'undo.committed',
  'cut.before',
  'cut.done',
]

test('a kill at any named point loses nothing and doubles nothing, also with a second one during the recovery', async () => {
  const expected = expectedOf(1, COUNT)
  const cases = POINTS.flatMap((point) =>
    (ONCE.test(point) ? [1] : OCCURRENCES).map((occurrence) => ({ point, occurrence })),
  )
  let crashes = 0
  let second = 0
  const reached = new Set<string>()
  await each([...cases.entries()], async ([i, { point, occurrence }]) => {
    const folder = harness.fresh()
    const base = job(folder, {
      ordered: i % 4 === 3,
      durability: i % 3 === 0 ? 'power' : 'process',
      sink: i % 5 === 4 ? 'out.ndjson.gz' : 'out.ndjson',
    })
    const first = await harness.run({ ...base, point, occurrence })
    if (first.killed) {
      crashes++
      reached.add(point)
    }
    if (first.killed && i % 3 !== 2) {
      const again = await harness.run({ ...base, point: RECOVERY[i % RECOVERY.length]!, occurrence: 1 })
      if (again.killed) second++
    }
    const last = await harness.run(base)
    expect(last, `${point} #${occurrence}`).toMatchObject({ killed: false, code: 0 })
    expect(problems(readOutput(base.sink), expected), `${point} #${occurrence}`).toEqual([])
    expect(integrityOf(`${base.sink}.sluice`)).toBe('ok')
    rmSync(folder, { recursive: true })
  })
  console.log(`${crashes} crashes at named points, and ${second} during the recovery after them`)
  expect([...reached].sort()).toEqual([...POINTS].sort())
  expect(crashes + second).toBeGreaterThanOrEqual(60)
})

test('what was written and not marked is cut off, also when less is written after it', async () => {
  for (const sink of ['out.ndjson', 'out.ndjson.gz']) {
    const base = job(harness.fresh(), { count: 40, ms: 0, usual: true, sink })
    expect((await harness.run({ ...base, point: 'output.written', occurrence: 1 })).killed).toBe(true)
    expect(statSync(base.sink).size).toBeGreaterThan(100)
    // Nearly all of the input is gone.
    await harness.run({ ...base, count: 1 })
    expect(problems(readOutput(base.sink), expectedOf(1, 1))).toEqual([])
  }
})

test('the naive writer, which appends and then marks, fails at the same points', async () => {
  const expected = expectedOf(1, COUNT)
  const found = new Map<string, string[]>()
  await each(['output.half', 'output.written'], async (point) => {
    const folder = harness.fresh()
    const base = job(folder, { engine: 'naive' })
    expect((await harness.run({ ...base, point, occurrence: 3 })).killed).toBe(true)
    await harness.run(base)
    found.set(point, problems(readOutput(base.sink), expected))
  })
  expect(found.get('output.half')!.join()).toContain('torn')
  expect(found.get('output.written')!.join()).toContain('doubled')
})

test('without a kill the outcomes are the same as with any', async () => {
  for (const seed of [2, 3]) {
    const base = job(harness.fresh(), { seed })
    await harness.run(base)
    expect(problems(readOutput(base.sink), expectedOf(seed, COUNT))).toEqual([])
  }
})

test('what has failed is tried again, its line leaves the output, and a kill on the way does no harm', async () => {
  const expected = new Map([...expectedOf(1, COUNT)].map(([key, how]) => [key, how === 'failed 2' ? 'ok 1' : how]))
  // Those that failed have children now.
  for (const [key] of expected) for (const child of childrenOf(1, key)) if (!expected.has(child)) throw new Error(child)
  const points = [
    'rewrite.written',
    'rewrite.swapped',
    'forget.transaction',
    'forget.committed',
    'cut.before',
    'flush.synced',
  ]
  await each([...[...points, undefined].entries()], async ([i, point]) => {
    const folder = harness.fresh()
    const base = job(folder, { sink: i % 2 === 1 ? 'out.ndjson.gz' : 'out.ndjson' })
    await harness.run(base)
    const retry = { ...base, retryFailed: true }
    if (point !== undefined) {
      // Opening cuts once by itself.
      const occurrence = point === 'cut.before' ? 2 : 1
      expect((await harness.run({ ...retry, point, occurrence })).killed, point).toBe(true)
    }
    await harness.run(retry)
    expect(problems(readOutput(base.sink), expected), point).toEqual([])
    expect(integrityOf(`${base.sink}.sluice`)).toBe('ok')
    expect(existsSync(join(folder, '.out.ndjson.sluice-rewrite'))).toBe(false)
    rmSync(folder, { recursive: true })
  })
})

test(`${KILLS} kills at random moments lose nothing, and repeat no more than was in flight or not yet written`, async () => {
  let kills = 0
  let repeated = 0
  let requests = 0
  const concurrency = 16
  const round = async (seed: number): Promise<void> => {
    const folder = harness.fresh()
    const log = join(folder, 'requests.log')
    appendFileSync(log, '')
    const base = job(folder, { seed, count: 3000, ms: 20, concurrency, log, usual: true })
    let own = 0
    for (;;) {
      const limit = kills < KILLS ? Math.random() * 250 : undefined
      const end = await harness.run(base, (child) => {
        if (limit !== undefined) setTimeout(() => child.kill('SIGKILL'), limit)
      })
      if (!end.killed) {
        expect(end.code, end.output).toBe(0)
        break
      }
      kills++
      own++
    }
    const expected = expectedOf(seed, 3000)
    expect(problems(readOutput(base.sink), expected)).toEqual([])
    expect(integrityOf(`${base.sink}.sluice`)).toBe('ok')
    // Failing and flaky items are asked for twice in any case.
    const due = [...expected.values()].reduce((sum, how) => sum + Number(how.split(' ')[1]), 0)
    const made = readFileSync(log, 'utf8').split('\n').length - 1
    requests += made
    repeated += made - due
    // What is in flight, a batch that is being written and one that is collected.
    expect(made - due).toBeLessThanOrEqual(own * (concurrency + 2 * 100))
    rmSync(folder, { recursive: true })
  }
  const isDone = (): boolean => kills >= KILLS
  for (let seed = 10; !isDone(); seed += 2) await Promise.all([round(seed), round(seed + 1)])
  console.log(`${kills} random kills, ${requests} requests, ${repeated} of them repeated`)
  expect(kills).toBeGreaterThanOrEqual(KILLS)
})

test(`${CUTS} cuts of the output and the log at random bytes, as a power cut leaves them, lose nothing`, async () => {
  const small = 60
  const expected = expectedOf(1, small)
  const source = harness.fresh()
  const base = job(source, { count: small, ms: 6 })
  // It dies with its log full.
  expect((await harness.run({ ...base, point: 'commit.committed', occurrence: 4 })).killed).toBe(true)
  const logOf = (sink: string): number => statSync(`${sink}.sluice/store.sqlite-wal`).size
  const log = logOf(base.sink)
  // What the opening writes has reached the disk before anything else is written.
  const opened = job(harness.fresh(), { count: small })
  expect((await harness.run({ ...opened, point: 'begin.committed', occurrence: 1 })).killed).toBe(true)
  const safe = logOf(opened.sink)
  const size = statSync(base.sink).size
  expect([log > 10_000, size > 300]).toEqual([true, true])
  let undone = 0
  for (let i = 0; i < CUTS; i++) {
    const folder = join(source, `cut-${i}`)
    const sink = join(folder, 'out.ndjson')
    cpSync(base.sink, sink, { recursive: true })
    cpSync(`${base.sink}.sluice`, `${sink}.sluice`, { recursive: true })
    rmSync(`${sink}.sluice/store.sqlite-shm`)
    if (i % 3 !== 0) truncateSync(sink, Math.floor(Math.random() * (size + 1)))
    if (i % 3 !== 1)
      truncateSync(`${sink}.sluice/store.sqlite-wal`, safe + Math.floor(Math.random() * (log - safe + 1)))
    const knows = await run({
      items: inputOf(small),
      task: async (key: string, { attempt, add }) => {
        const how = behaviour(1, key)
        if (how === 'fails' || (how === 'flaky' && attempt === 1)) throw new Error(key)
        for (const child of childrenOf(1, key)) add(child)
        return { n: key }
      },
      sink,
      concurrency: 8,
      durability: 'process',
      retry: { retries: 1, backoff: { base: 1 } },
      onOpen: (opened) => {
        undone += opened.undone
      },
    })
    expect(knows.complete).toBe(true)
    expect(problems(readOutput(sink), expected)).toEqual([])
    if (i % 20 === 0) expect(integrityOf(`${sink}.sluice`)).toBe('ok')
    rmSync(folder, { recursive: true })
  }
  expect(undone).toBeGreaterThan(0)
})

test('a disk that is full ends the run, and it goes on when there is room', async () => {
  const folder = harness.fresh()
  const base = job(folder, { count: 2000, ms: 0, usual: true })
  // No file may grow beyond 200 blocks of 1 kB, and a write beyond that is an error.
  const full = await harness.run(base, undefined, "trap '' XFSZ; ulimit -f 200")
  expect(full.code).not.toBe(0)
  expect(full.output).toMatch(/EFBIG|ENOSPC|full|disk I\/O|too large/i)
  await harness.run(base)
  expect(problems(readOutput(base.sink), expectedOf(1, 2000))).toEqual([])
  expect(integrityOf(`${base.sink}.sluice`)).toBe('ok')
})
