// How much RSS grows while n tasks run through forEach. Needs --expose-gc.
import { forEach } from '@sluice/core'
import { range } from '../contestants.mjs'

const n = Number(process.argv[2])
const body = async () => {}
const rss = () => {
  globalThis.gc()
  return process.memoryUsage().rss / 2 ** 20
}
await forEach(range(300_000), body, { concurrency: 100 })
const before = rss()
await forEach(range(n), body, { concurrency: 100 })
console.log(JSON.stringify({ growth: rss() - before }))
