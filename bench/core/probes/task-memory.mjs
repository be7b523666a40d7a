// Bytes of heap per task that waits for a slot, or runs. The function is shared by all, and answers a promise that stays pending. Needs --expose-gc.
import { TaskGroup } from '@sluice/core'

const n = 100_000
const state = process.argv[2]
const heap = () => {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
const ignore = () => {}
// What runs is held by what it waits for; what holds that must not count.
const kept = Array.from({ length: 2 * n })
let pending = 0
const body = () => (kept[pending++] = new Promise(ignore))

const group = new TaskGroup({ concurrency: state === 'waiting' ? 1 : Infinity })
if (state === 'waiting') await group.createTask(body)
const loop = async () => {
  await body()
}
heap()
const before = heap()
for (let i = 0; i < n; i++) {
  // By hand: the async frame of a worker, and nothing else.
  if (state === 'hand') void loop()
  else void group.createTask(body)
}
console.log(JSON.stringify({ bytes: (heap() - before) / n, pending }))
process.exit()
