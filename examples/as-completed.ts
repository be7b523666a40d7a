// Results as they come in, the quickest first, each with the input that it belongs to: Python's `asyncio.as_completed`. Leaving
// the loop stops what still runs, so the first good answer can be the last one that is waited for.

import { asCompleted, delay } from '@sluice/core'

const mirrors = { lisbon: 150, oslo: 50, seoul: 250 }

for await (const { input, value } of asCompleted(Object.entries(mirrors), ([, ms], { signal }) => ping(ms, signal))) {
  console.log(`${input[0]} answered in ${value} ms`)
}

for await (const { input } of asCompleted(Object.entries(mirrors), ([, ms], { signal }) => ping(ms, signal))) {
  console.log(`${input[0]} was the first, and the others are called off`)
  break
}

async function ping(ms: number, signal: AbortSignal): Promise<number> {
  await delay(ms, { signal })
  return ms
}
