import { expect, test } from 'vitest'
import { Run, run, type RunOptions } from './index.ts'

const same = async (n: number): Promise<number> => n

test.each<[string, object, RegExp]>([
  ['a retry that is no number', { retry: NaN }, /retry must be a whole number/],
  ['a retry below zero', { retry: -1 }, /retry must be a whole number/],
  ['a retry that is text', { retry: '3' }, /retry must be a number of retries/],
  ['a backoff below zero', { retry: { backoff: { base: -1 } } }, /backoff\.base must be/],
  ['a deadline that is text', { deadline: '2h' }, /deadline must be/],
  ['a signal that is none', { signal: 5 }, /signal must be/],
  ['a callback that is none', { onOutcome: 5 }, /onOutcome must be/],
  ['items that are a text', { items: 'abc' }, /items must be an iterable/],
])('%s is refused at once', (_, wrong, message) => {
  const options = { items: [1], task: same, ...wrong } as RunOptions<number, number>
  expect(() => new Run(options)).toThrow(message)
})

test('a retry that a function makes and that is wrong fails its item, which is never passed over', async () => {
  const errors: string[] = []
  const { ok, failed, complete } = await run({
    items: [1, 2],
    task: same,
    retry: (n) => (n === 1 ? NaN : 3),
    onOutcome: (outcome) => {
      if (outcome.status === 'rejected') errors.push(outcome.error.message)
      return undefined
    },
  })
  expect({ ok, failed, complete }).toEqual({ ok: 1, failed: 1, complete: true })
  expect(errors).toEqual([expect.stringMatching(/retry must be a whole number/)])
})
