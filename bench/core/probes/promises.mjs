// How many promises are made per task, counted by async_hooks.
import { createHook } from 'node:async_hooks'
import { contestants } from '../contestants.mjs'

const [, , name, kind] = process.argv
const n = 2000
const { make } = contestants[name]
const run = await make()
let made = 0
createHook({
  init(_, type) {
    if (type === 'PROMISE') made++
  },
}).enable()
const body = kind === 'saturated' ? () => new Promise((resolve) => setImmediate(resolve)) : async () => {}
const count = async (tasks) => {
  const before = made
  await run(tasks, body)
  return made - before
}
await count(n)
const small = await count(n)
const large = await count(2 * n)
console.log(JSON.stringify({ promises: (large - small) / n }))
