import { deserialize, serialize } from 'node:v8'
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { CheckedCall } from './call.ts'
import type { WorkerKind } from './runner.ts'
import { reviveError, type RemoteError } from './remote-error.ts'

/** What the worker is sent; `worker/entry.js` reads it. */
export interface Request {
  module: string
  name: string
  /** Serialized for a process: what cannot be serialized is then found here, and not on the way. */
  args: readonly unknown[] | Uint8Array
}

/** What the worker answers. */
export type Reply =
  | { type: 'error'; error: RemoteError }
  | { type: 'value'; value: unknown }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'port'; port: MessagePort }

/** Makes the request of a call; throws what `v8.serialize` throws. */
export function makeRequest({ module, name, args }: CheckedCall, kind: WorkerKind): Request {
  return { module, name, args: kind === 'process' ? serialize(args) : args }
}

/** The value of a reply, or else throws its error. */
export function readReply(reply: Reply): unknown {
  if (reply.type === 'error') throw reviveError(reply.error)
  if (reply.type === 'value') return reply.value
  if (reply.type === 'bytes') return deserialize(reply.bytes)
  // The worker has put its one message into the port before it sent the port.
  const received = receiveMessageOnPort(reply.port)
  reply.port.close()
  return (received as { message: unknown }).message
}
