// Tasks that belong together: the group ends when all of them have ended, and none outlives it. With `onError: 'abort'` the first
// failure stops the others, as in Python's `asyncio.TaskGroup`; without it failures are kept and the others go on.

import { TaskGroup, delay } from '@sluice/core'

const start = performance.now()
await TaskGroup.run(async (group) => {
  const hello = await group.createTask(() => sayAfter(100, 'hello'))
  const world = await group.createTask(() => sayAfter(200, 'world'))
  console.log(`Both tasks have completed: ${await hello.result()}, ${await world.result()}`)
})
console.log(`It took as long as the longer one: ${Math.round((performance.now() - start) / 100) * 100} ms`)

try {
  await TaskGroup.run({ onError: 'abort' }, async (group) => {
    await group.createTask(({ signal }) => sayAfter(10_000, 'never said', signal))
    await group.createTask(async () => {
      await delay(50)
      throw new Error('out of coffee')
    })
  })
} catch (error) {
  console.log(`${String((error as AggregateError).cause)}, and nobody was left behind`)
}

async function sayAfter(ms: number, what: string, signal?: AbortSignal): Promise<string> {
  await delay(ms, { signal })
  console.log(what)
  return what
}
