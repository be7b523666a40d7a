// One measurement in a process of its own; prints JSON. Arguments: what is measured, a folder, the number of items, and how outcomes are kept.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../../packages/runs/dist/index.js'

const [what, folder, count, kept] = process.argv.slice(2)
const n = Number(count)
const sink = join(folder, 'out.ndjson')

function* items() {
  for (let i = 0; i < n; i++) yield `EUW1_${7_000_000_000 + i}`
}
const store = kept === 'none' ? { store: false } : { durability: kept }
const body = { id: 7, text: 'x'.repeat(200) }
const task =
  what === 'throughput'
    ? async (key) => {
        // 50 at once that take 10 ms: 5,000 a second.
        await sleep(10)
        return { key, ...body }
      }
    : (key) => key.length

const cpu = process.cpuUsage()
const start = performance.now()
const summary = await run({
  items: items(),
  task,
  sink,
  concurrency: 50,
  dedupe: kept !== 'none',
  ...store,
})
const ms = performance.now() - start
const used = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    ok: summary.ok,
    session: summary.session.ok,
    seconds: ms / 1000,
    perSecond: (summary.session.ok * 1000) / ms,
    cpuMicroseconds: (used.user + used.system) / Math.max(1, summary.session.ok),
    rss: process.resourceUsage().maxRSS / 1024,
  }),
)
