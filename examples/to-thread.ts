// Work that blocks or computes, in threads: the event loop stays free, which a ticker shows beside it. Python's `asyncio.to_thread`,
// which takes a function; here it is the URL of a module and the name of an export. The last call blocks the loop itself, for comparison.

import { gather } from '@sluice/core'
import { toThread } from '@sluice/threads'
import { sleep, type countPrimes } from './blocking-io.js'

const blockingIo = new URL('./blocking-io.js', import.meta.url)

let beats = 0
const ticker = setInterval(() => beats++, 5)

const [slept, primes] = await gather([
  ({ signal }) => toThread<typeof sleep>(blockingIo, { name: 'sleep', args: [300], signal }),
  ({ signal }) => toThread<typeof countPrimes>(blockingIo, { name: 'countPrimes', args: [1_000_000], signal }),
])
console.log(`In threads: ${slept}, found ${primes} primes, while the event loop beat ${beats} times`)

beats = 0
console.log(`Right here: ${sleep(300)}, while the event loop beat ${beats} times`)
clearInterval(ticker)
