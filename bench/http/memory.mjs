// A million requests through `forEach` and a session: the resident memory at the end and after the first tenth, in MB.

import { forEach } from '@sluice/core'
import { Session } from '@sluice/http'

const [, , url, requests] = process.argv
const total = Number(requests)
const rss = () => process.memoryUsage.rss() / 1024 / 1024
let early = 0
let done = 0

function* numbers() {
  for (let i = 0; i < total; i++) yield i
}

const session = new Session()
await forEach(
  numbers(),
  async () => {
    await (await session.get(url)).json()
    if (++done === total / 10) early = rss()
  },
  { concurrency: 100 },
)
await session.close()
console.log(JSON.stringify({ early, late: rss() }))
