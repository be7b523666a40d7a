import type { ServerResponse } from 'node:http'

import type { FaultRule } from '../faults/fault.ts'
import type { ForeignTraffic, LimitChange, RiotSimulator } from '../simulator.ts'
import type { ScaledClock } from './scaled-clock.ts'

type Control = (simulator: RiotSimulator, clock: ScaledClock, body: never) => unknown

/** What can be asked of a running simulator, by verb and path behind `/__sim/`. */
const CONTROLS: Readonly<Record<string, Control>> = {
  'GET stats': (simulator) => simulator.stats(),
  'GET config': (simulator, clock) => ({ now: clock.now(), ...simulator.configuration() }),
  'POST reset': (simulator) => simulator.reset(),
  'POST limits': (simulator, _, body: LimitChange & { limits: string }) => simulator.setLimits(body),
  'POST foreign': (simulator, _, body: ForeignTraffic) => simulator.foreign(body),
  'POST fault': (simulator, _, body: FaultRule) => void simulator.fault(body),
  'POST clock': (_, clock, body: { skip: number }) => {
    if (!(body.skip >= 0)) throw new RangeError('skip must be ms of at least 0')
    clock.skip(body.skip)
    return { now: clock.now() }
  },
}

/** Answers a request to `/__sim/…`: JSON in, JSON out; 400 says what is wrong with it. */
export function answerControl(
  simulator: RiotSimulator,
  clock: ScaledClock,
  verb: string,
  path: string,
  body: string | undefined,
  response: ServerResponse,
): void {
  if (verb === 'GET' && path === 'log') {
    const lines = simulator.arrivals().map((arrival) => JSON.stringify(arrival) + '\n')
    send(response, 200, 'application/x-ndjson', lines.join(''))
    return
  }
  const control = CONTROLS[`${verb} ${path}`]
  if (control === undefined) {
    sendJson(response, 404, {
      error: `there is no ${verb} /__sim/${path}`,
      known: ['GET log', ...Object.keys(CONTROLS)],
    })
    return
  }
  try {
    sendJson(response, 200, control(simulator, clock, (body ? JSON.parse(body) : {}) as never) ?? {})
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value))
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text)
}
