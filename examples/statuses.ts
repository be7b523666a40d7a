// The status of 1,000 URLs: one after another, as a synchronous program fetches them, and 100 at once. The server is real, and takes
// 5 ms for an answer. Nothing differs but the loop: `map` keeps the order of the answers, and never has more than 100 under way.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { map } from '@sluice/core'
import { Session } from '@sluice/http'

const server = createServer((_request, response) => void setTimeout(() => response.end('hello'), 5))
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
const urls = Array.from({ length: 1000 }, (_, index) => `http://127.0.0.1:${port}/${index}`)

async function oneAfterAnother(session: Session): Promise<number[]> {
  const statuses: number[] = []
  for (const url of urls) statuses.push((await session.get(url)).status)
  return statuses
}

function hundredAtOnce(session: Session): Promise<number[]> {
  return map(urls, async (url, { signal }) => (await session.get(url, { signal })).status, { concurrency: 100 })
}

async function measure(name: string, fetchAll: (session: Session) => Promise<number[]>): Promise<number> {
  await using session = new Session()
  const start = performance.now()
  const statuses = await fetchAll(session)
  const seconds = (performance.now() - start) / 1000
  const ok = statuses.filter((status) => status === 200).length
  console.log(`${name}: ${ok} of ${urls.length} are 200, in ${seconds.toFixed(2)} s`)
  return seconds
}

const slow = await measure('one after another', oneAfterAnother)
const fast = await measure('100 at once', hundredAtOnce)
console.log(`${(slow / fast).toFixed(1)} times as fast`)
server.close()
