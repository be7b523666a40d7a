// `npm run bench:http`: the session against its peers, client and server in processes of their own, rounds interleaved,
// medians of ratios. CPU per request is the reliable figure; requests per second only compare within one round.
//
//   --rounds N     rounds of each comparison (default 5)
//   --requests N   requests of one measurement with 1 kB (default 20000)
//   --ladder       also measure the other clients people use
//   --memory N     requests of the memory row (default 1000000, 0 for none)

import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = fileURLToPath(new URL('.', import.meta.url))
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '20000' },
    memory: { type: 'string', default: '1000000' },
    ladder: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const requests = Number(values.requests)

/** @returns {Promise<{ url: string, stop(): void }>} */
async function startServer(environment) {
  const child = spawn(process.execPath, [`${here}server.mjs`], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim().split('\n')))
    child.once('exit', () => reject(new Error('the server ended')))
  })
  return { url: `http://127.0.0.1:${port}/items`, stop: () => void child.kill() }
}

const last = (output) => JSON.parse(output.trim().split('\n').at(-1))
const measure = (name, url, count, concurrency) =>
  name === 'aiohttp'
    ? last(
        execFileSync('/usr/bin/python3', [`${here}aiohttp-client.py`, url, String(count), String(concurrency)], {
          encoding: 'utf8',
        }),
      )
    : last(
        execFileSync(process.execPath, [`${here}client.mjs`, name, url, String(count), String(concurrency)], {
          encoding: 'utf8',
        }),
      )

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Measures each client once per round, one after the other. @returns {Promise<Record<string, { rate: number, cpu: number, rss: number }[]>>} */
async function compare(names, { size = 1000, delay = 0, concurrency = 100, count = requests }) {
  const server = await startServer({ SIZE: String(size), DELAY: String(delay) })
  const results = Object.fromEntries(names.map((name) => [name, []]))
  try {
    for (let round = 0; round < rounds; round++) {
      // Nobody always comes first.
      for (let i = 0; i < names.length; i++) {
        const name = names[(i + round) % names.length]
        results[name].push(measure(name, server.url, count, concurrency))
      }
    }
  } finally {
    server.stop()
  }
  return results
}

/** The median over the rounds of what one client needs of the other. */
const ratio = (results, name, base, key) =>
  median(results[name].map((result, round) => result[key] / results[base][round][key]))

const rows = []
/** @param {'at most' | 'at least'} kind */
function report(work, value, kind, must, aim, unit = '') {
  const meets = (limit) => (kind === 'at most' ? value <= limit : value >= limit)
  rows.push({
    Work: work,
    Measured: `${value.toFixed(2)}${unit}`,
    Must: `${kind} ${must}${unit}`,
    Aim: `${aim}${unit}`,
    Result: meets(aim) ? 'aim' : meets(must) ? 'must' : 'FAIL',
  })
}

const SESSION = 'session.get'
const STACK = 'session.get, retry, rateLimit'
const DISPATCH = 'undici Pool.dispatch'
const REQUEST = 'undici.request'

const small = await compare([REQUEST, DISPATCH, SESSION, STACK], {})
report('session.get + json() against undici.request: CPU', ratio(small, SESSION, REQUEST, 'cpu'), 'at most', 0.95, 0.75)
report('… req/s', ratio(small, SESSION, REQUEST, 'rate'), 'at least', 1.1, 1.35)
report('… against Pool.dispatch: CPU', ratio(small, SESSION, DISPATCH, 'cpu'), 'at most', 1.25, 1.05)
report(
  'with retry and rateLimit against undici.request: CPU',
  ratio(small, STACK, REQUEST, 'cpu'),
  'at most',
  1.1,
  0.85,
)

let hasPython = true
try {
  execFileSync('/usr/bin/python3', ['-c', 'import aiohttp'], { stdio: 'ignore' })
} catch {
  hasPython = false
  console.log('skipped: aiohttp is not installed (apt-get install python3-aiohttp)')
}
if (hasPython) {
  const python = await compare(['aiohttp', SESSION], { count: requests / 2 })
  report(
    `against aiohttp ${python.aiohttp[0].version}: req/s`,
    ratio(python, SESSION, 'aiohttp', 'rate'),
    'at least',
    4.5,
    5.5,
  )
}

const latency = await compare([REQUEST, SESSION], { delay: 20, concurrency: 1000, count: 2 * requests })
report(
  '20 ms latency, concurrency 1,000, against undici.request: req/s',
  ratio(latency, SESSION, REQUEST, 'rate'),
  'at least',
  1.3,
  1.5,
)

const large = await compare([DISPATCH, SESSION], { size: 50_000, count: requests / 4 })
report('50 kB against Pool.dispatch: CPU', ratio(large, SESSION, DISPATCH, 'cpu'), 'at most', 1.15, 1.03)

if (Number(values.memory) > 0) {
  const server = await startServer({})
  const { early, late } = last(
    execFileSync(process.execPath, [`${here}memory.mjs`, server.url, values.memory], { encoding: 'utf8' }),
  )
  server.stop()
  report(
    `${Number(values.memory).toLocaleString('en')} requests through forEach: growth of RSS after the first tenth`,
    late - early,
    'at most',
    30,
    10,
    ' MB',
  )
}

const limiter = last(execFileSync(process.execPath, [`${here}limiter.mjs`], { encoding: 'utf8' }))
report('limiter alone, 100,000 queued: enqueue', limiter.enqueue, 'at most', 5, 2, ' µs')
report('limiter alone, 100,000 queued: admit, send, answer', limiter.admit, 'at most', 10, 5, ' µs')

console.table(rows)

const shown = values.ladder
  ? {
      ...small,
      ...(await compare(['node:http', 'undici.fetch', 'global fetch', 'axios', 'got', 'ky'], { count: requests / 2 })),
    }
  : small
const base = median(small[REQUEST].map(({ cpu }) => cpu))
console.table(
  Object.entries(shown).map(([client, results]) => ({
    'Client, 1 kB, concurrency 100': client,
    'req/s': Math.round(median(results.map(({ rate }) => rate))),
    'CPU µs': Number(median(results.map(({ cpu }) => cpu)).toFixed(1)),
    'CPU x': Number((median(results.map(({ cpu }) => cpu)) / base).toFixed(2)),
    'RSS MB': Math.round(median(results.map(({ rss }) => rss))),
  })),
)
if (rows.some(({ Result }) => Result === 'FAIL')) process.exitCode = 1
