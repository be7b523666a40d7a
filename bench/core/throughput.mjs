// Run as a process of its own: `node throughput.mjs <contestant> <body> <n>` prints CPU and wall time per task in ns, and the peak of RSS in MB.

import { AsyncLocalStorage } from 'node:async_hooks'
import { bodies, contestants } from './contestants.mjs'

const [, , name, kind, count] = process.argv
const { make, context, share = 1 } = contestants[name]
const body = bodies[kind]
const n = Math.max(200, Math.round(Number(count) * share))
const run = await make()

function verify(results) {
  if (results === undefined) return
  if (results.length !== n || results.some((value, index) => value !== index)) throw new Error(`${name}: wrong results`)
}

// Warm: as long as it takes the compiler to be done.
for (let i = 0; i < 3; i++) await run(Math.max(200, Math.round(Math.min(n / 5, 50_000 * share))), body)

const cpu = process.cpuUsage()
const start = performance.now()
const results = await run(n, body)
const wall = performance.now() - start
const { user, system } = process.cpuUsage(cpu)
verify(results)

let wrongContexts
if (context !== undefined) {
  const storage = new AsyncLocalStorage()
  wrongContexts = 0
  const enter = (i, submit) =>
    storage.run(i, () =>
      submit(async () => {
        if (storage.getStore() !== i) wrongContexts++
        await bodies.saturated()
        if (storage.getStore() !== i) wrongContexts++
      }),
    )
  await context(enter, 200)
}

const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ n, cpu: ((user + system) * 1e3) / n, wall: (wall * 1e6) / n, peak, wrongContexts }))
