import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TransferListItem } from 'node:worker_threads'
import { checkMs, isThenable, show } from '@sluice/core/internal'

/** What can be moved to a thread instead of being copied: an `ArrayBuffer`, a `MessagePort`, a file handle, a stream. */
export type Transferable = TransferListItem

/** Any function that a module may export. */
export type AnyFunction = (...args: never[]) => unknown

/** The result of a call: of a function type what it returns or resolves to, of any other type that type itself. */
export type CallResult<T> = T extends AnyFunction ? Awaited<ReturnType<T>> : T

/** The arguments of a call: those of a function type, or any. */
export type CallArgs<T> = T extends AnyFunction ? Readonly<Parameters<T>> : readonly unknown[]

/** How a function in another thread or process is called. */
export interface CallOptions<T = unknown> {
  /** The export to call. Default `'default'`. */
  name?: string
  /** Its arguments, in an array; they are copied by structured clone. Default none. */
  args?: CallArgs<T>
  /** Moves these buffers and ports, found in `args`, to the thread instead of copying them. Not for processes. */
  transfer?: readonly Transferable[]
  /** Ends the call: one that waits is never started, one that runs has its worker terminated. */
  signal?: AbortSignal | undefined
  /** Milliseconds that the call may run, from the moment when a worker has it; then its worker is terminated. Default, and with Infinity: no limit. */
  timeout?: number | undefined
}

/** A call of which every option has been checked. */
export interface CheckedCall {
  readonly module: string
  readonly name: string
  readonly args: readonly unknown[]
  readonly transfer: readonly Transferable[]
  readonly signal: AbortSignal | undefined
  readonly timeout: number | undefined
}

/** Checks a call, and explains what to write instead of what cannot cross to another thread. */
export function checkCall(module: string | URL, options: CallOptions, kind: 'thread' | 'process'): CheckedCall {
  const caller = kind === 'thread' ? 'toThread' : 'toProcess'
  const { name = 'default', args = [], transfer = [], signal, timeout } = options
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`name must be the name of an export, not ${show(name)}`)
  if (!Array.isArray(args))
    throw new TypeError(`args must be an array of arguments, not ${show(args)}. Write args: [value]`)
  for (const [index, arg] of args.entries()) {
    if (typeof arg === 'function' || typeof arg === 'symbol' || isThenable(arg)) {
      throw new TypeError(
        `args[${index}] is ${show(arg)}, which cannot cross to another ${kind}. ` +
          (isThenable(arg) ? 'Await it first' : 'Pass plain data, and let the module that runs there do the rest'),
      )
    }
  }
  if (!Array.isArray(transfer))
    throw new TypeError(`transfer must be an array of buffers or ports, not ${show(transfer)}`)
  if (transfer.length > 0 && kind === 'process') {
    throw new TypeError(
      'transfer must be empty for toProcess: two processes share no memory. Leave it out, or use toThread',
    )
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new TypeError(`signal must be an AbortSignal, not ${show(signal)}`)
  }
  const limited = timeout !== Infinity
  if (timeout !== undefined && limited) checkMs('timeout', timeout)
  return { module: checkModule(module, caller), name, args, transfer, signal, timeout: limited ? timeout : undefined }
}

function checkModule(module: unknown, caller: string): string {
  if (module instanceof URL) {
    if (/^(file|data|node):$/.test(module.protocol)) return module.href
    throw new TypeError(`${caller} can load a module from a file:, data: or node: URL, not from ${module.protocol}`)
  }
  if (typeof module === 'string') {
    if (/^(file|data|node):/.test(module)) return module
    if (isAbsolute(module)) return pathToFileURL(module).href
    throw new TypeError(
      `${caller} needs the URL of a module, not ${show(module)}: it cannot know what that is relative to. ` +
        `Write new URL('./work.js', import.meta.url), or import.meta.resolve('a-package')`,
    )
  }
  if (typeof module === 'function') {
    throw new TypeError(
      `${caller} cannot take the ${show(module)}: a function cannot cross to another thread, since what it closes over stays here. ` +
        `Export it from a module of its own and write ${caller}(new URL('./work.js', import.meta.url), { name: '${module.name || 'default'}', args: […] })`,
    )
  }
  if (isThenable(module)) {
    throw new TypeError(
      `${caller} cannot take a promise: its work is already running in this thread. ` +
        `Write ${caller}(new URL('./work.js', import.meta.url), { args: […] }), and let the module start the work there`,
    )
  }
  throw new TypeError(
    `${caller} needs the URL of a module, such as new URL('./work.js', import.meta.url), not ${show(module)}`,
  )
}
