import type { ServerResponse } from 'node:http'

import type { Clock } from '@sluice/core'

import type { Reply } from '../simulator.ts'
import { BufferPool } from './buffer-pool.ts'

const DRIP_MS = 50

const POOL = new BufferPool()

/** Writes an answer to a socket, with what happens to it on the way. */
export function writeReply(response: ServerResponse, reply: Reply, gzip: boolean, clock: Clock): void {
  const { wire } = reply
  if (wire?.kind === 'hang') return
  if (wire?.kind === 'refuse' || wire?.kind === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  if (reply.status === 204) {
    response.writeHead(204, reply.headers as string[]).end()
    return
  }
  let taken: Buffer | undefined
  const allocate = (length: number): Buffer => (taken = POOL.take(length))
  let body = gzip ? reply.body.gzip(allocate) : reply.body.bytes(allocate)
  if (wire?.kind === 'corrupt') body = corrupted(body, gzip)
  const headers = [...reply.headers, 'Content-Length', String(body.length)]
  if (gzip) headers.push('Content-Encoding', 'gzip')
  response.writeHead(reply.status, headers)
  if (wire?.kind === 'truncate' && wire.bytes < body.length) {
    // What has been written must leave before the connection breaks.
    response.write(body.subarray(0, wire.bytes), () => response.socket?.destroy())
  } else if (wire?.kind === 'drip') {
    drip(response, body, Math.max(1, Math.round((wire.bytesPerSecond * DRIP_MS) / 1000)), clock)
  } else {
    // A response that is cut off never finishes; then the buffer is simply forgotten.
    response.end(body, taken === undefined ? undefined : () => POOL.give(taken!))
  }
}

function corrupted(body: Buffer, gzip: boolean): Buffer {
  const broken = Buffer.from(body)
  // Behind the header of a gzip file, so that it is recognised as one.
  for (let i = gzip ? 10 : 0; i < Math.min(40, broken.length); i++) broken[i] = 0xff
  return broken
}

function drip(response: ServerResponse, body: Buffer, size: number, clock: Clock): void {
  let at = 0
  const next = (): void => {
    if (response.destroyed) return
    const end = Math.min(body.length, at + size)
    response.write(body.subarray(at, end))
    at = end
    if (at === body.length) response.end()
    else clock.setTimer(next, DRIP_MS)
  }
  next()
}
