import { expect, test } from 'vitest'
import { virtualTime } from '../test/gates.ts'
import { TaskGroup } from './task-group.ts'

test('law 39: a task that waits for the rate of its own group, not for a slot, is no deadlock', async () => {
  const { clock } = virtualTime()
  const results = await clock.run(() =>
    TaskGroup.run({ concurrency: 2, rate: '1/s', clock }, async (group: TaskGroup<string>) => {
      await group.createTask(async () => {
        const child = await group.createTask(() => 'child')
        return `parent of ${await child.result()}`
      })
      await group.join()
      return group.results()
    }),
  )
  expect(results).toEqual(['parent of child', 'child'])
})
