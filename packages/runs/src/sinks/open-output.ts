import { statSync } from 'node:fs'
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
export function openOutput(sink: string | Sink<never, never> | undefined, options: OutputOptions): OpenedOutput {
  if (sink === undefined) return { output: new NoOutput(), path: undefined }
  if (sink === '-') return { output: new StreamOutput(process.stdout), path: undefined }
  if (typeof sink === 'string') {
    if (sink === '') throw new TypeError("sink must be a file's name, '-' or an object with write(), not ''")
    // A pipe or a device cannot be cut, and nothing is put beside it.
    const isFile = statSync(sink, { throwIfNoEntry: false })?.isFile() ?? true
    return { output: new FileOutput(sink, options), path: isFile ? sink : undefined }
  }
  if (typeof sink !== 'object' || sink === null) {
    throw new TypeError(`sink must be a file's name, '-' or an object with write(), not ${show(sink)}`)
  }
  checkFunction('sink.write', sink.write)
  return { output: new SinkOutput(sink, options.durable), path: undefined }
}
