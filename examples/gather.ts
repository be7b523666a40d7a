// Three computations at once, and their values in the order in which they were written, whatever order they end in. Python's
// `asyncio.gather`, which takes coroutines; here they are functions, since a promise in JavaScript is already running.

import { delay, gather } from '@sluice/core'

async function factorial(name: string, number: number): Promise<number> {
  let product = 1
  for (let i = 2; i <= number; i++) {
    console.log(`Task ${name}: compute factorial(${number}), currently i=${i}...`)
    await delay(50)
    product *= i
  }
  console.log(`Task ${name}: factorial(${number}) = ${product}`)
  return product
}

const values = await gather([() => factorial('A', 2), () => factorial('B', 3), () => factorial('C', 4)])
console.log(values)
