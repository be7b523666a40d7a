import { AbortScope } from './abort-scope.ts'
import { checkCount, checkFunction, label } from './check.ts'
import { Dispatcher } from './dispatcher.ts'
import { emitter } from './emit.ts'
import { ignore } from './ignore.ts'
import { ItemStream, type Deliver } from './item-stream.ts'
import { checkLimitOptions, isPlain, resolveLimits, type LimitOptions } from './limits.ts'
import { PlainLoop } from './plain-loop.ts'
import { Source, type Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'
import type { TaskRecord } from './task.ts'

/** How many items are worked on at once where nobody says otherwise: as many as a `Session` has connections. */
const DEFAULT_CONCURRENCY = 100

/** Options of `asCompleted` and `mapIterable`. */
export interface StreamOptions extends LimitOptions {
  /** How many results may wait for the consumer, beside those that run. Default: as many as run at once. */
  buffer?: number
}

/** What distinguishes one stream from another. */
interface StreamKind {
  /** Default concurrency. Default 100. */
  most?: number
  /** In the order of the input, not of completion. */
  ordered?: boolean
  /** Failures are delivered like values; otherwise the first one ends the stream. */
  keepGoing?: boolean
  /** False when the work is somebody else's: then it is neither aborted nor waited for. */
  owned?: boolean
}

/** Works on every item; ends when all have ended. With `results` their values go there, in the order of the input. */
export async function workThrough<I, R>(
  caller: string,
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: LimitOptions,
  results?: unknown[],
  kind: StreamKind = {},
): Promise<void> {
  checkFunction(`the function of ${caller}`, fn)
  checkLimitOptions(options)
  if (isPlain(options) && !kind.keepGoing) {
    const { limit, clock } = resolveLimits(options, kind.most ?? DEFAULT_CONCURRENCY)
    const name = label(caller, options.name, caller)
    return new PlainLoop(new Source(items, caller), fn, results as R[] | undefined, options, clock, name).run(limit)
  }
  const deliver: Deliver<I, R, void> = (index, _, failed, value) => {
    if (results === undefined) return
    while (results.length <= index) results.push(undefined)
    results[index] = kind.keepGoing ? settlement(failed, value) : value
  }
  const stream = openStream(caller, items, fn, { buffer: Infinity, ...options }, deliver, kind)
  while (!(await stream.next()).done);
}

/** What `Promise.allSettled` says of a promise. */
export function settlement<R>(failed: boolean, value: R): PromiseSettledResult<R> {
  return failed ? { status: 'rejected', reason: value } : { status: 'fulfilled', value }
}

/** The stream behind `mapIterable`, `asCompleted` and everything that more than a number limits. */
export function openStream<I, R, Y>(
  caller: string,
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: StreamOptions,
  deliver: Deliver<I, R, Y>,
  { most = DEFAULT_CONCURRENCY, ordered = false, keepGoing = false, owned = true }: StreamKind,
): ItemStream<I, R, Y> {
  checkFunction(`the function of ${caller}`, fn)
  checkLimitOptions(options)
  const { buffer, signal, deadline } = options
  if (buffer !== undefined) checkCount('buffer', buffer, 0)
  const plain = isPlain(options)
  const limits = resolveLimits(options, most)
  const { limit, clock, source } = limits
  const window = limit + (buffer ?? limit)
  // A source may be closed for a while, or paused: then one item waits at it, so that the stream goes on when it opens.
  const running = (): number => Math.max(1, source?.limit ?? limit)
  const emit = plain ? undefined : emitter(options.onEvent, options.name, clock)
  const count = { fulfilled: 0, rejected: 0, cancelled: 0 }
  return new ItemStream<I, R, Y>({
    source: new Source(items, caller),
    fn,
    // A dispatcher decides by itself who runs; what backs off in it holds no slot.
    limit: plain ? limit : Infinity,
    window: plain ? () => window : () => running() + (buffer ?? running()),
    ordered,
    keepGoing,
    owned,
    deliver,
    label: label(caller, options.name, caller),
    scope: (onAbort) => {
      // Work that is somebody else's and is done already is told all the same.
      const end = owned || deadline === undefined ? deadline : Math.max(deadline, clock.now() + 1)
      return new AbortScope(signal, end, clock, onAbort)
    },
    dispatcher: plain
      ? undefined
      : (scope, settled) => {
          emit?.({ type: 'groupOpen' })
          const tally = {
            settled: (task: TaskRecord) => {
              count[task.state as keyof typeof count]++
              settled(task)
            },
            failureRead: ignore,
          }
          return new Dispatcher({ ...limits, scope, emit, tally })
        },
    closed: () => emit?.({ type: 'groupClose', ...count }),
  })
}
