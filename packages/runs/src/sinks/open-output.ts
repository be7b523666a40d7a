import { createWriteStream, openSync, statSync } from 'node:fs'
import { Writable } from 'node:stream'
import { checkFunction, show } from '@sluice/core/internal'
import type { Output } from './output.ts'
import { FileOutput } from './file-output.ts'
import { NoOutput } from './no-output.ts'
import type { Sink } from './sink.ts'
import { SinkOutput } from './sink-output.ts'
import { StreamOutput } from './stream-output.ts'

/** What an output is made of. */
export interface OutputOptions {
  readonly fresh: boolean
  readonly durable: boolean
  readonly at: (point: string) => void
}

/** An output, and the file that it is, if it is one that can be cut. */
export interface OpenedOutput {
  readonly output: Output
  readonly path: string | undefined
}

/** The output that `sink` names. @throws TypeError when it is none. */
export function openOutput(
  sink: string | Writable | Sink<never, never> | undefined,
  options: OutputOptions,
): OpenedOutput {
  if (sink === undefined) return { output: new NoOutput(), path: undefined }
  if (sink === '-') return { output: new StreamOutput(process.stdout, false), path: undefined }
  if (typeof sink === 'string') {
    if (sink === '') throw new TypeError("sink must be a file's name, '-' or an object with write(), not ''")
    const before = statSync(sink, { throwIfNoEntry: false })
    if (before === undefined || before.isFile()) return { output: new FileOutput(sink, options), path: sink }
    // A pipe or a device cannot be cut, and nothing is put beside it. A folder says so when it is opened.
    const file = openSync(sink, 'w')
    return { output: new StreamOutput(createWriteStream(sink, { fd: file }), true), path: undefined }
  }
  if (typeof sink !== 'object' || sink === null) {
    throw new TypeError(`sink must be a file's name, '-', a stream or an object with write(), not ${show(sink)}`)
  }
  if (isStream(sink)) return { output: new StreamOutput(sink, false), path: undefined }
  checkFunction('sink.write', sink.write)
  return { output: new SinkOutput(sink, options.durable), path: undefined }
}

/** The response of a server is a stream too, and yet no instance of it. */
function isStream(sink: object): sink is Writable {
  return sink instanceof Writable || ('writableLength' in sink && 'write' in sink && 'on' in sink)
}
