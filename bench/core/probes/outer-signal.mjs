// n tasks below one signal, each of which reads its own; then the abort. CPU per task, warnings, and listeners left behind.
import { getEventListeners } from 'node:events'
import { TaskGroup } from '@sluice/core'

const n = Number(process.argv[2])
let warnings = 0
process.on('warning', () => warnings++)
const wait = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

async function round(count) {
  const outer = new AbortController()
  const run = TaskGroup.run({ signal: outer.signal }, async (group) => {
    for (let i = 0; i < count; i++) await group.createTask(wait)
  })
  await new Promise((resolve) => setImmediate(resolve))
  outer.abort(new Error('enough'))
  await run.catch(() => {})
  return getEventListeners(outer.signal, 'abort').length
}

await round(2000)
const cpu = process.cpuUsage()
const listeners = await round(n)
const { user, system } = process.cpuUsage(cpu)
await new Promise((resolve) => setImmediate(resolve))
console.log(JSON.stringify({ cpu: ((user + system) * 1e3) / n, warnings, listeners }))
