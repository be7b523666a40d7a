// What becomes of a failure among several calls. By default the first one aborts the others, waits for them, and is thrown
// with whatever else went wrong. With `returnExceptions` every call runs to its end, and each answer says how it ended: Python's
// `asyncio.gather(..., return_exceptions=True)`, except that an error which was returned and one which was thrown differ.

import { delay, gather, type TaskContext } from '@sluice/core'

async function divide(a: number, b: number, { signal }: TaskContext): Promise<number> {
  await delay(b === 0 ? 10 : 50, { signal })
  if (b === 0) throw new RangeError(`${a} / 0`)
  console.log(`${a} / ${b} = ${a / b}`)
  return a / b
}

const divisions = [
  [6, 3],
  [1, 0],
  [8, 2],
].map(
  ([a, b]) =>
    (context: TaskContext) =>
      divide(a!, b!, context),
)

console.log('all of them:')
for (const outcome of await gather(divisions, { returnExceptions: true })) {
  console.log(outcome.status, outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason))
}

console.log('until the first failure:')
try {
  await gather(divisions)
} catch (error) {
  console.log('failed with', String((error as AggregateError).cause))
}
