import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { systemClock } from '@sluice/core'

import { readCall } from '../call.ts'
import { checkNumber, checkWhole } from '../check.ts'
import { RiotSimulator } from '../simulator.ts'
import type { SimulatorOptions } from '../simulator-options.ts'
import { answerControl } from './control.ts'
import { writeReply } from './http-answer.ts'
import { ScaledClock } from './scaled-clock.ts'

/** Options of {@link startSimulator}: those of the simulator, and where it listens. */
export interface ServerOptions extends SimulatorOptions {
  /** Default 0: any free port. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** How many times as fast time passes: windows and latencies are so much shorter, headers keep their seconds. Default 1. */
  speed?: number
  /** Whether bodies are compressed for clients that accept gzip. Default true. */
  gzip?: boolean
}

/** A simulator behind HTTP. */
export interface SimulatorServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8080`; put the route behind it: `${url}/na1/lol/…`. */
  readonly url: string
  readonly port: number
  readonly simulator: RiotSimulator
  /** Stops listening and cuts all connections. */
  close(): Promise<void>
}

/** Longer bodies of requests are cut off: none of the operations needs more. */
const LONGEST_BODY = 1_000_000

/**
 * Starts a simulator behind HTTP. The route comes from the path, `/na1/lol/…`, or from the host, `na1.api.riotgames.com`.
 * `GET /__sim/stats` and the other paths of `/__sim` show and change what it does.
 *
 * @throws TypeError or RangeError for a wrong option; the system's error when the port is taken.
 *
 * @example
 * ```ts
 * import { DEVELOPMENT_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * const response = await fetch(`${server.url}/na1/lol/status/v4/platform-data`, {
 *   headers: { 'X-Riot-Token': DEVELOPMENT_KEY },
 * })
 * console.log(response.status, response.headers.get('x-app-rate-limit')) // 200 20:1,100:120
 * ```
 */
export async function startSimulator(options: ServerOptions = {}): Promise<SimulatorServer> {
  const { port = 0, host = '127.0.0.1', speed = 1, gzip = true, ...rest } = options
  checkWhole('port', port, 0, 65_535)
  checkNumber('speed', speed, 0.001, 1e6)
  const clock = new ScaledClock(options.clock ?? systemClock, speed)
  const simulator = new RiotSimulator({ ...rest, clock })
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
    const end = simulator.begin()
    response.once('close', end)
    if (request.method === 'GET') serve(request, response, undefined)
    else readBody(request, (body) => serve(request, response, body))
  })
  const serve = (request: IncomingMessage, response: ServerResponse, body: string | undefined): void => {
    const url = request.url!
    if (url.startsWith('/__sim/')) {
      answerControl(simulator, clock, request.method!, url.slice('/__sim/'.length), body, response)
      return
    }
    const headers = request.headers as Record<string, string>
    const call = readCall(
      { method: request.method!, url, headers, ...(body !== undefined && { body }) },
      headers['host'],
      clock.now(),
    )
    const delays = simulator.delays(call)
    const compress = gzip && /\bgzip\b/.test(headers['accept-encoding'] ?? '')
    const arrive = (): void => {
      const reply = simulator.receive(call, clock.now(), delays)
      if (reply.wait === 0) writeReply(response, reply, compress, clock)
      else clock.setTimer(() => writeReply(response, reply, compress, clock), reply.wait)
    }
    if (delays.uplink === 0) arrive()
    else clock.setTimer(arrive, delays.uplink)
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  const bound = (server.address() as AddressInfo).port
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `http://${name}:${bound}`, port: bound, simulator, close, [Symbol.asyncDispose]: close }
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= LONGEST_BODY) chunks.push(chunk)
  })
  request.on('end', () => done(Buffer.concat(chunks).toString()))
}
