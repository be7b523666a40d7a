import { expect, test } from 'vitest'
import { delay } from './delay.ts'
import { TaskGroup } from './task-group.ts'
import { VirtualClock } from './virtual-clock.ts'

test('how long each of thousands of tasks waited and ran is kept to the microsecond, whatever the order of their ends', async () => {
  const clock = new VirtualClock()
  const size = 3000
  // The first come last, by far.
  const lasts = (index: number): number => (size - index) / 10
  const outcomes = await clock.run(async () => {
    const group = new TaskGroup<void>({ concurrency: size, clock })
    for (let index = 0; index <= size; index++) {
      await group.createTask((context) => delay(lasts(context.index), context))
    }
    await group.join()
    return group.outcomes()
  })
  expect(outcomes).toHaveLength(size + 1)
  // The last but one ends first, and its slot goes to the last.
  const expected = Array.from({ length: size + 1 }, (_, index) => ({
    waited: index === size ? lasts(size - 1) : 0,
    ran: lasts(index),
  }))
  expect(outcomes.map(({ waited, ran }) => ({ waited, ran }))).toEqual(expected)
})

test('of a task that took no time it says 0, and not -0', async () => {
  const clock = new VirtualClock()
  const group = new TaskGroup<number>({ concurrency: 1, clock })
  for (let i = 0; i < 3; i++) await group.createTask(() => i)
  await group.join()
  for (const { waited, ran } of group.outcomes()) expect([waited, ran]).toEqual([0, 0])
})
