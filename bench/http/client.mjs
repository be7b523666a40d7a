// One client, warmed up: `node client.mjs NAME URL CONCURRENCY`. For each number of requests that comes in as a line, it makes
// them and answers with a line of JSON: requests per second, CPU time per request in µs, and peak memory in MB.

import { createInterface } from 'node:readline'
import { CLIENTS } from './clients.mjs'

const [, , name, url, concurrency] = process.argv
const workers = Number(concurrency)
const once = await CLIENTS[name](url, workers)

const run = async (count) => {
  let next = 0
  const worker = async () => {
    while (next++ < count) await once()
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line)
  const before = process.cpuUsage()
  const started = performance.now()
  await run(count)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  const rss = process.resourceUsage().maxRSS / 1024
  console.log(JSON.stringify({ rate: count / seconds, cpu: (user + system) / count, rss }))
}
process.exit(0)
