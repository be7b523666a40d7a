// npm run bench:startup: how long `sluice fetch` takes from its start to its first request, beside a Node that does nothing.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

const ROUNDS = 31
const bin = fileURLToPath(new URL('../../packages/cli/bin/sluice.js', import.meta.url))

/** When the last request came. */
let requested = 0
const server = createServer((_, response) => {
  requested = performance.now()
  response.end('{}')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address()

/** @param {readonly string[]} args */
const run = async (...args) => {
  const begun = performance.now()
  const [code] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  return { begun, ms: performance.now() - begun }
}
/** @param {number[]} times */
const show = (times) => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ share) =>
    `${Math.round(sorted[Math.floor(share * (ROUNDS - 1))] ?? NaN)}`.padStart(5)
  return `median ${at(0.5)} ms, from ${at(0)} to ${at(1)}`
}

/** @type {number[]} */
const bare = []
/** @type {number[]} */
const fetched = []
for (let i = 0; i < ROUNDS; i++) {
  bare.push((await run('-e', '0')).ms)
  const { begun } = await run(bin, 'fetch', `http://127.0.0.1:${port}/${i}`)
  fetched.push(requested - begun)
}
server.close()
console.log(`Node ${process.version}, ${ROUNDS} rounds, one after the other in turn`)
console.log(`node -e 0, from start to end       ${show(bare)}`)
console.log(`sluice fetch, to its first request ${show(fetched)}`)
