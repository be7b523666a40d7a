// Five visitors and two seats: a semaphore lets in as many as there are permits, in the order in which they came. `use` gives the
// permit back when the function has ended, come what may, as `async with semaphore` does in Python.

import { Semaphore, delay, gather } from '@sluice/core'

const seats = new Semaphore(2)

async function visit(name: string): Promise<void> {
  console.log(`${name} sits down, free seats: ${seats.statistics().free}`)
  await delay(50)
  console.log(`${name} gets up`)
}

const visitors = ['Ada', 'Grace', 'Mary', 'Joan', 'Jean']
await gather(visitors.map((name) => () => seats.use(() => visit(name))))
console.log(`free seats: ${seats.statistics().free}`)
