import { expect, test } from 'vitest'
import { makeSink, readLines } from '../test/folder.ts'
import { Run, RunReader, run } from './index.ts'
import { retryBudget } from './retry-budget.ts'

test('what was used in an earlier session is not there any more', async () => {
  const sink = makeSink()
  const attempts: number[] = []
  const task = async (_: string, { attempt }: { attempt: number }): Promise<void> => {
    attempts.push(attempt)
    throw new Error(`attempt ${attempt} has failed`)
  }
  const retry = { retries: 3, backoff: { base: 40, jitter: 'none' as const, factor: 1 } }
  const job: Run<string, void> = new Run({
    items: ['a'],
    sink,
    task,
    retry: {
      ...retry,
      onRetry: ({ attempt }) => {
        if (attempt === 2) setTimeout(() => job.stop({ kind: 'signal' }))
      },
    },
  })
  // It waits for its third attempt: that is not waited for.
  expect(await job.start()).toMatchObject({ ok: 0, failed: 0, complete: false })
  const reader = new RunReader(`${sink}.sluice`)
  expect([reader.report().retrying, [...reader.items('pending')]]).toEqual([
    1,
    [expect.objectContaining({ key: 'a', attempts: 2, error: { name: 'Error', message: 'attempt 2 has failed' } })],
  ])
  reader[Symbol.dispose]()
  const start = Date.now()
  expect(await run({ items: ['a'], sink, task, retry })).toMatchObject({ failed: 1, complete: true })
  expect(attempts).toEqual([1, 2, 3, 4])
  expect(readLines(sink)).toMatchObject([{ attempts: 4, error: { message: 'attempt 4 has failed' } }])
  // The third attempt not before its time, and the fourth after its backoff.
  expect(Date.now() - start).toBeGreaterThanOrEqual(40)
})

test('hooks hear of attempts and times as a whole', () => {
  const told: unknown[] = []
  const budget = retryBudget(
    {
      retries: 5,
      maxElapsed: 1000,
      backoff: { base: 10, factor: 2, max: 100 },
      retryIf: (failure) => (told.push(failure), true),
    },
    { attempts: 2, elapsed: 300 },
    (failure) => told.push(failure),
  )!
  expect(budget).toMatchObject({ retries: 3, maxElapsed: 700, backoff: { base: 40, factor: 2, max: 100 } })
  budget.retryIf!({ error: 'e', attempt: 1, elapsed: 50 })
  budget.onRetry!({ error: 'e', attempt: 1, elapsed: 50, delay: 40 })
  expect(told).toEqual([
    { error: 'e', attempt: 3, elapsed: 350 },
    { error: 'e', attempt: 3, elapsed: 350, delay: 40 },
  ])
  expect(retryBudget(undefined, { attempts: 0, elapsed: 0 }, () => {})).toBeUndefined()
  expect(retryBudget(1, { attempts: 2, elapsed: 0 }, () => {})).toMatchObject({ retries: 0 })
})
