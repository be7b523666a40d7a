// Waiting for running tasks in the three ways of Python's `asyncio.wait`: until one has ended, until one has failed, until all have
// ended. It answers who is done and who is pending, throws nothing and cancels nothing.

import { TaskGroup, delay, wait, type ReturnWhen, type Task } from '@sluice/core'

for (const returnWhen of ['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'] satisfies ReturnWhen[]) {
  await TaskGroup.run(async (group) => {
    const tasks = [
      await group.createTask(({ signal }) => work(50, signal), { name: 'quick' }),
      await group.createTask(({ signal }) => work(100, signal, 'lost'), { name: 'failing' }),
      await group.createTask(({ signal }) => work(200, signal), { name: 'slow' }),
    ]
    const { done, pending } = await wait(tasks, { returnWhen })
    console.log(`${returnWhen}: done ${describe(done)}; pending ${describe(pending)}`)
    for (const task of pending) task.cancel()
    await group.join()
    console.log('failures:', group.exceptions().map(String))
  })
}

async function work(ms: number, signal: AbortSignal, problem?: string): Promise<void> {
  await delay(ms, { signal })
  if (problem !== undefined) throw new Error(problem)
}

function describe(tasks: Set<Task<unknown>>): string {
  return [...tasks].map((task) => `${task.name} (${task.state})`).join(', ') || 'none'
}
