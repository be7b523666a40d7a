// `npm run bench:http`: the session against its peers. Client and server run in processes of their own. All clients of a
// comparison are warmed up first and then take turns, a second or less each, so that what else the machine does hits all
// of them alike; what counts is the median of the rounds' ratios. CPU per request is the reliable figure.
//
//   --rounds=n     turns of each client in a comparison (default 31)
//   --requests=n   requests of one turn, with 1 kB (default 4000)
//   --memory=n     requests of the memory row (default 1000000)
//   --ladder       also measure the other clients people use
//   --only=a,b     only the parts named: small, python, latency, large, memory, limiter
//   --write        puts the figures into docs/http-performance.md

import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { median, ratio } from '../lib/child.mjs'
import { prepare, root, versions } from '../lib/prepare.mjs'
import { keep, load, machine, publish, table } from '../lib/report.mjs'

const here = import.meta.dirname
const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '31' },
    requests: { type: 'string', default: '4000' },
    memory: { type: 'string', default: '1000000' },
    only: { type: 'string' },
    ladder: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(flags.rounds)
const requests = Number(flags.requests)
const parts = flags.only?.split(',')
const wanted = (part) => parts === undefined || parts.includes(part)
const say = (text) => process.stderr.write(`\r\x1b[2K${text}`)

const PYTHON = '/usr/bin/python3'
const SESSION = 'session.get'
const STACK = 'session.get, retry, rateLimit'
const DISPATCH = 'undici Pool.dispatch'
const REQUEST = 'undici.request'

/** Starts a program that answers each line with a line. It ends when its input does: also when this process is killed. */
function start(command, args, environment = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(line) {
      if (line !== undefined) child.stdin.write(`${line}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${args.join(' ')} ended too early`)
      return JSON.parse(value)
    },
    stop: () => void child.stdin.end(),
  }
}

async function withServer(environment, body) {
  const server = start(process.execPath, [join(here, 'server.mjs')], environment)
  try {
    return await body(`http://127.0.0.1:${await server.ask()}/items`)
  } finally {
    server.stop()
  }
}

/** Lets the clients take turns. Answers for each its `rate`, `cpu` and `rss`, each an array with a figure for each round. */
async function compare(title, names, { size = 1000, delay = 0, concurrency = 100, count = requests } = {}) {
  return withServer({ SIZE: String(size), DELAY: String(delay) }, async (url) => {
    const clients = names.map((name) => ({
      name,
      results: [],
      program:
        name === 'aiohttp'
          ? start(PYTHON, [join(here, 'aiohttp-client.py'), url, concurrency])
          : start(process.execPath, [join(here, 'client.mjs'), name, url, concurrency]),
    }))
    try {
      // Connections are opened and the code is compiled before the clock starts.
      for (const { program } of clients) await program.ask(Math.max(3 * count, 3 * concurrency))
      for (let round = 0; round < rounds; round++) {
        say(`${title}, round ${round + 1} of ${rounds}`)
        // Nobody always comes first.
        for (let i = 0; i < clients.length; i++) {
          const { program, results } = clients[(i + round) % clients.length]
          results.push(await program.ask(count))
        }
      }
    } finally {
      for (const { program } of clients) program.stop()
    }
    const column = (results, key) => results.map((result) => result[key])
    return Object.fromEntries(
      clients.map(({ name, results }) => [
        name,
        {
          rate: column(results, 'rate'),
          cpu: column(results, 'cpu'),
          rss: column(results, 'rss'),
          version: results[0].version,
        },
      ]),
    )
  })
}

const targets = []
/** One line of the table of targets. */
function target(work, measured, kind, must, aim, unit = '') {
  const meets = (limit) => (kind === 'at most' ? measured <= limit : measured >= limit)
  const result = meets(aim) ? 'aim' : meets(must) ? 'pass' : 'FAIL'
  targets.push({
    work,
    measured: `${measured.toFixed(2)}${unit}`,
    must: `${kind} ${must}${unit}`,
    aim: `${aim}${unit}`,
    result,
  })
}

prepare(here, ['packages/http'])
const before = load()
const clients = []
const addClients = (results, base) => {
  for (const [name, { rate, cpu, rss }] of Object.entries(results))
    clients.push({ name, rate: median(rate), cpu: median(cpu), ratio: ratio(cpu, base.cpu), rss: median(rss) })
}

if (wanted('small')) {
  const others = flags.ladder ? ['node:http', 'undici.fetch', 'global fetch', 'axios', 'got', 'ky'] : []
  const small = await compare('1 kB', [REQUEST, DISPATCH, SESSION, STACK, ...others])
  const against = (name, base, key) => ratio(small[name][key], small[base][key])
  addClients(small, small[REQUEST])
  target(
    '`session.get` and `json()` against `undici.request`: CPU',
    against(SESSION, REQUEST, 'cpu'),
    'at most',
    0.95,
    0.75,
  )
  target('… req/s', against(SESSION, REQUEST, 'rate'), 'at least', 1.1, 1.35)
  target('… against `Pool.dispatch`: CPU', against(SESSION, DISPATCH, 'cpu'), 'at most', 1.25, 1.05)
  target(
    'with `retry` and `rateLimit`, against `undici.request`: CPU',
    against(STACK, REQUEST, 'cpu'),
    'at most',
    1.1,
    0.85,
  )
}

let aiohttp
if (wanted('python')) {
  try {
    aiohttp = execFileSync(
      PYTHON,
      ['-c', 'import aiohttp, sys; print(aiohttp.__version__, "on Python", sys.version.split()[0])'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim()
  } catch {
    say('skipped: aiohttp is not installed (apt-get install python3-aiohttp)\n')
  }
  if (aiohttp !== undefined) {
    const python = await compare('aiohttp', ['aiohttp', SESSION], { count: requests / 2 })
    target(`against aiohttp ${aiohttp}: req/s`, ratio(python[SESSION].rate, python.aiohttp.rate), 'at least', 4.5, 5.5)
    addClients({ [`aiohttp ${aiohttp}`]: python.aiohttp }, python[SESSION])
    // They did not take turns with undici.request: it goes by way of the session.
    const session = clients.find(({ name }) => name === SESSION)
    clients.at(-1).ratio = session === undefined ? undefined : clients.at(-1).ratio * session.ratio
  }
}

if (wanted('latency')) {
  const latency = await compare('20 ms latency', [REQUEST, SESSION], {
    delay: 20,
    concurrency: 1000,
    count: 2 * requests,
  })
  const value = ratio(latency[SESSION].rate, latency[REQUEST].rate)
  target('20 ms latency, concurrency 1,000, against `undici.request`: req/s', value, 'at least', 1.3, 1.5)
}

if (wanted('large')) {
  const large = await compare('50 kB', [DISPATCH, SESSION], { size: 50_000, count: requests / 4 })
  target('50 kB against `Pool.dispatch`: CPU', ratio(large[SESSION].cpu, large[DISPATCH].cpu), 'at most', 1.15, 1.03)
}

if (wanted('memory')) {
  say('memory')
  const count = Number(flags.memory)
  const { early, late } = await withServer({}, (url) => {
    const program = start(process.execPath, [join(here, 'memory.mjs'), url, count])
    program.stop()
    return program.ask()
  })
  const work = `${count.toLocaleString('en')} requests through \`forEach\`: RSS at the end above that after the first tenth`
  target(work, late - early, 'at most', 30, 10, ' MB')
}

if (wanted('limiter')) {
  say('limiter')
  const { enqueue, admit } = JSON.parse(
    execFileSync(process.execPath, [join(here, 'limiter.mjs')], { encoding: 'utf8' }),
  )
  target('limiter alone, 100,000 queued: enqueue', enqueue, 'at most', 5, 2, ' µs')
  target('limiter alone, 100,000 queued: admit, send and answer', admit, 'at most', 10, 5, ' µs')
}
say('')

const targetTable = table(
  ['Work', '>Measured', '>Must', '>Aim', 'Result'],
  targets.map(({ work, measured, must, aim, result }) => [work, measured, must, aim, result]),
)
const clientTable = table(
  [
    'Client: 1 kB of JSON, parsed, concurrency 100',
    '>req/s',
    '>CPU µs a request',
    '>CPU, × undici.request',
    '>peak RSS',
  ],
  clients.map(({ name, rate, cpu, ratio: times, rss }) => [
    name,
    Math.round(rate).toLocaleString('en'),
    cpu.toFixed(1),
    times?.toFixed(2) ?? '–',
    `${Math.round(rss)} MB`,
  ]),
)
const { undici } = JSON.parse(
  execFileSync('npm', ['ls', 'undici', '--json', '--workspace=@sluice/http'], { encoding: 'utf8' }),
).dependencies['@sluice/http'].dependencies
const peers = { undici: undici.version, ...(flags.ladder ? versions(here) : {}) }
const setting = `${machine()}; ${rounds} rounds of ${requests.toLocaleString('en')} requests; load of the machine before ${before}, after ${load()}. With ${Object.entries(
  peers,
)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.`
const text = [setting, targetTable, ...(clients.length > 0 ? [clientTable] : [])].join('\n\n')
console.log(text)
keep('http', { setting, targets, clients })
if (flags.write) {
  publish('http', text, 'http-performance.md')
  execFileSync('npx', ['oxfmt', 'docs/http-performance.md'], { cwd: root, stdio: 'ignore' })
}
if (targets.some(({ result }) => result === 'FAIL')) process.exitCode = 1
