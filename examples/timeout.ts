// An hour of work that gets 100 ms. When they are over the signal aborts, and `timeout` throws once the work has stopped, so that
// nothing of it runs on: Python's `async with asyncio.timeout(0.1)`. `moveOn` is the one that returns instead of throwing.

import { TimeoutError, delay, moveOn, timeout } from '@sluice/core'

async function longRunningTask(signal: AbortSignal): Promise<string> {
  try {
    await delay(3_600_000, { signal })
    return 'done at last'
  } finally {
    console.log('cleaning up')
  }
}

try {
  await timeout(100, ({ signal }) => longRunningTask(signal))
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error
  console.log(`The long operation timed out after ${error.ms} ms, but we have handled it.`)
}

const answer = await moveOn(100, ({ signal }) => longRunningTask(signal), { fallback: 'a guess' })
console.log(`This statement runs regardless, with ${answer}.`)
