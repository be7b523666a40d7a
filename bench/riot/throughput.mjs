// How many matches of real size the simulator answers in a second: `node bench/riot/throughput.mjs [seconds] [gzip]`.
//
// The server runs in this process, the load comes from another one over 32 connections. The figure that counts is the one per second
// of the server's processor time: it does not depend on who else uses the machine, except through its caches. A bare node:http server
// that sends one ready buffer of the same size is measured in turn with it, as the floor.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'

import { startSimulator } from '../../packages/riot-sim/dist/index.js'
import { KEY } from './scenarios.mjs'

const CONNECTIONS = 32
const ROUNDS = 4

if (process.send === undefined) await measure(Number(process.argv[2] ?? 3), process.argv[3] === 'gzip')
else process.once('message', load)

async function measure(seconds, gzip) {
  const server = await startSimulator({ keys: { [KEY]: { app: '1000000000:10', methods: { '*': '1000000000:10' } } } })
  const matches = await Promise.all(
    Array.from({ length: 20 }, async (_, player) => {
      const path = `/americas/lol/match/v5/matches/by-puuid/${server.simulator.puuid('na1', player)}/ids?count=100`
      const response = await fetch(server.url + path, { headers: { 'X-Riot-Token': KEY } })
      return response.json()
    }),
  )
  const paths = [...new Set(matches.flat())].map((id) => `/americas/lol/match/v5/matches/${id}`)
  const ready = Buffer.alloc(70_000, 'x')
  let served = 0
  const bare = createServer((_, response) => {
    served++
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ready.length }).end(ready)
  }).listen(0, '127.0.0.1')
  await once(bare, 'listening')

  const targets = [
    { name: 'simulator', port: server.port, paths, count: () => server.simulator.stats().arrivals },
    { name: 'bare server', port: bare.address().port, paths: ['/'], count: () => served },
  ]
  const best = {}
  await run(targets[0], Math.max(3, seconds), gzip) // until everything is compiled
  for (let round = 0; round < ROUNDS; round++) {
    for (const target of targets) {
      const { perSecond, perProcessorSecond, bytes } = await run(target, seconds, gzip)
      console.log(
        `${target.name.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s  ${perProcessorSecond.toFixed(0).padStart(6)} per second of processor time  ${(bytes / 1000).toFixed(1)} kB each`,
      )
      best[target.name] = Math.max(best[target.name] ?? 0, perProcessorSecond)
    }
  }
  console.log(
    `best: ${best['simulator'].toFixed(0)} responses a second on one core, ${(best['bare server'] / best['simulator']).toFixed(2)} times the work of the bare server`,
  )
  process.exit()
}

async function run({ port, paths, count }, seconds, gzip) {
  const loader = fork(new URL(import.meta.url))
  loader.send({ port, paths, seconds, gzip })
  await once(loader, 'message')
  const before = count()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const [{ bytes, responses }] = await once(loader, 'message')
  const used = process.cpuUsage(cpu)
  const done = count() - before
  return {
    perSecond: (1000 * done) / (performance.now() - start),
    perProcessorSecond: (1e6 * done) / (used.user + used.system),
    bytes: bytes / responses,
  }
}

/** The other process: asks over and over, and only looks for where a response ends. */
function load({ port, paths, seconds, gzip }) {
  let [bytes, responses, at, running] = [0, 0, 0, true]
  const ask = (socket) => {
    const path = paths[at++ % paths.length]
    const encoding = gzip ? 'Accept-Encoding: gzip\r\n' : ''
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Riot-Token: ${KEY}\r\n${encoding}\r\n`)
  }
  for (let i = 0; i < CONNECTIONS; i++) {
    const socket = connect(port, '127.0.0.1', () => ask(socket))
    let left = 0
    socket.on('data', (chunk) => {
      if (left === 0) {
        const head = chunk.latin1Slice(0, Math.min(chunk.length, 2000))
        const end = head.indexOf('\r\n\r\n') + 4
        const length = Number(/content-length: (\d+)/i.exec(head)[1])
        bytes += length
        left = end + length
      }
      left -= chunk.length
      if (left > 0) return
      responses++
      if (running) ask(socket)
    })
  }
  process.send('started')
  setTimeout(() => {
    running = false
    process.send({ bytes, responses }, () => process.exit())
  }, seconds * 1000)
}
