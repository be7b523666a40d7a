// One measurement: `node client.mjs NAME URL REQUESTS CONCURRENCY`, as JSON on the last line.

import { CLIENTS } from './clients.mjs'

const [, , name, url, requests, concurrency] = process.argv
const total = Number(requests)
const workers = Number(concurrency)
const once = await CLIENTS[name](url, workers)

const run = async (count) => {
  let next = 0
  const worker = async () => {
    while (next++ < count) await once()
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

// Connections open and the code compiled before the clock starts.
await run(Math.max(2 * workers, 4000))
const cpuBefore = process.cpuUsage()
const started = performance.now()
await run(total)
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
console.log(
  JSON.stringify({ rate: total / seconds, cpu: (user + system) / total, rss: process.resourceUsage().maxRSS / 1024 }),
)
process.exit(0)
