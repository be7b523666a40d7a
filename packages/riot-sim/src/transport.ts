import { readCall, type SimRequest } from './call.ts'
import type { Body } from './bodies/body.ts'
import type { Reply, RiotSimulator } from './simulator.ts'

/** The network failed: the connection could not be made, or broke. */
export class SimNetworkError extends Error {
  /** As Node's errors name it. */
  readonly code: 'ECONNREFUSED' | 'ECONNRESET'

  constructor(code: 'ECONNREFUSED' | 'ECONNRESET', message: string) {
    super(message)
    this.name = 'SimNetworkError'
    this.code = code
  }
}

/** An answer of the simulator. The body is rendered when it is read. */
export class SimResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly #body: Body
  readonly #corrupt: boolean

  constructor(reply: Reply, date: string) {
    const headers: Record<string, string> = { date }
    for (let i = 0; i < reply.headers.length; i += 2) headers[reply.headers[i]!.toLowerCase()] = reply.headers[i + 1]!
    this.status = reply.status
    this.headers = headers
    this.#body = reply.body
    this.#corrupt = reply.wire?.kind === 'corrupt'
  }

  /** The content. */
  get body(): Uint8Array {
    const bytes = this.#body.bytes()
    return this.#corrupt ? Buffer.concat([Buffer.from('\u0000'), bytes.subarray(1)]) : bytes
  }

  text(): string {
    return Buffer.from(this.body).toString()
  }

  /** @throws SyntaxError when the content is no JSON. */
  json(): unknown {
    return JSON.parse(this.text())
  }
}

/** Sends a request to a simulator and waits, on its clock, for the answer. */
export type SimTransport = (request: SimRequest & { signal?: AbortSignal }) => Promise<SimResponse>

/**
 * Connects a program with a simulator, without sockets: each request travels, is served and travels back on the simulator's clock. On a
 * VirtualClock hours of rate limits pass in milliseconds. Whoever aborts does not take back what is on its way: the request still
 * arrives and is counted.
 *
 * The promise rejects with {@link SimNetworkError} when a fault breaks the connection, and with the signal's reason when it is aborted.
 */
export function createTransport(simulator: RiotSimulator): SimTransport {
  const { clock } = simulator
  return (request) =>
    new Promise((resolve, reject) => {
      const { signal } = request
      if (signal?.aborted) {
        reject(signal.reason as Error)
        return
      }
      const call = readCall(request, undefined, clock.now())
      const delays = simulator.delays(call)
      const end = simulator.begin()
      const done = (): void => {
        signal?.removeEventListener('abort', onAbort)
        end()
      }
      let settled = false
      let timer: unknown
      const onAbort = (): void => {
        settled = true
        // What is on its way back comes to nobody.
        if (timer !== undefined) clock.clearTimer(timer)
        done()
        reject(signal!.reason as Error)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      const arrive = (): void => {
        const reply = simulator.receive(call, clock.now(), delays)
        if (settled || reply.wire?.kind === 'hang') return
        const drip = reply.wire?.kind === 'drip' ? (reply.body.bytes().length * 1000) / reply.wire.bytesPerSecond : 0
        const deliver = (): void => {
          settled = true
          done()
          const error = wireError(reply)
          if (error === undefined)
            resolve(new SimResponse(reply, new Date(simulator.calendar(clock.now())).toUTCString()))
          else reject(error)
        }
        const wait = reply.wait + drip
        if (wait === 0) deliver()
        else timer = clock.setTimer(deliver, wait)
      }
      // A request never arrives before the caller has gone on.
      clock.setTimer(arrive, delays.uplink)
    })
}

function wireError({ wire, body }: Reply): SimNetworkError | undefined {
  switch (wire?.kind) {
    case 'refuse':
      return new SimNetworkError('ECONNREFUSED', 'connect ECONNREFUSED')
    case 'reset':
      return new SimNetworkError('ECONNRESET', 'read ECONNRESET')
    case 'truncate':
      return wire.bytes < body.bytes().length
        ? new SimNetworkError('ECONNRESET', `the body ended after ${wire.bytes} bytes`)
        : undefined
    default:
      return undefined
  }
}
