import { AbortScope } from './abort-scope.ts'
import { checkCount, checkFunction } from './check.ts'
import { ItemStream, type Deliver } from './item-stream.ts'
import { TOLD_DEADLINE, isPlain, resolveLimits, type LimitOptions } from './limits.ts'
import { PlainLoop } from './plain-loop.ts'
import { Source, type Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'
import { TaskGroup } from './task-group.ts'

/** How many items are worked on at once where nobody says otherwise: as many as a `Session` has connections. */
export const DEFAULT_CONCURRENCY = 100

/** Options of `asCompleted` and `mapIterable`. */
export interface StreamOptions extends LimitOptions {
  /** How many results may wait for the consumer, beside those that run. Default: as many as run at once. */
  buffer?: number
}

/** Works on every item; ends when all have ended. With `results` their values go there, in the order of the input. */
export async function workThrough<I, R>(
  caller: string,
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: LimitOptions,
  results: (R | undefined)[] | undefined,
  defaultConcurrency: number = DEFAULT_CONCURRENCY,
): Promise<void> {
  checkFunction(`the function of ${caller}`, fn)
  if (isPlain(options)) {
    const { limit, clock } = resolveLimits(options, defaultConcurrency)
    return new PlainLoop(new Source(items, caller), fn, results, options, clock, label(caller, options)).run(limit)
  }
  const stream = openStream(
    caller,
    items,
    fn,
    { buffer: Infinity, ...options },
    {
      defaultConcurrency,
      deliver: (index, _, __, value) => {
        if (results === undefined) return
        while (results.length <= index) results.push(undefined)
        results[index] = value
      },
    },
  )
  while (!(await stream.next()).done);
}

/** What distinguishes one stream from another. */
interface StreamKind<I, R, Y> {
  deliver: Deliver<I, R, Y>
  ordered?: boolean
  keepGoing?: boolean
  owned?: boolean
  defaultConcurrency?: number
}

/** The stream behind `mapIterable`, `asCompleted` and everything that more than a number limits. */
export function openStream<I, R, Y>(
  caller: string,
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: StreamOptions,
  kind: StreamKind<I, R, Y>,
): ItemStream<I, R, Y> {
  checkFunction(`the function of ${caller}`, fn)
  const { defaultConcurrency = DEFAULT_CONCURRENCY } = kind
  const { buffer, signal, deadline, ...rest } = options
  if (buffer !== undefined) checkCount('buffer', buffer, 0)
  const plain = isPlain(options)
  const { limit, clock, source, rate } = resolveLimits(options, defaultConcurrency)
  const running = (): number => source?.limit ?? limit
  return new ItemStream<I, R, Y>({
    source: new Source(items, caller),
    fn,
    // A group decides by itself who runs; what backs off in it holds no slot.
    limit: plain ? limit : Infinity,
    window: () => running() + (buffer ?? running()),
    ordered: kind.ordered ?? false,
    keepGoing: kind.keepGoing ?? false,
    owned: kind.owned ?? true,
    deliver: kind.deliver,
    label: label(caller, options),
    scope: (onAbort) => new AbortScope(signal, deadline, clock, onAbort),
    launch: plain
      ? undefined
      : (scope) => {
          const group = new TaskGroup<R>({
            ...rest,
            concurrency: source ?? limit,
            ...(rate && { rate }),
            signal: scope.signal,
            collectResults: false,
            ...(deadline !== undefined && { [TOLD_DEADLINE]: deadline }),
          })
          return { start: (work) => group.createTask(work), close: () => group[Symbol.asyncDispose]() }
        },
  })
}

/** `map "name"`, for messages. */
function label(caller: string, { name }: LimitOptions): string {
  return name === undefined ? caller : `${caller} ${JSON.stringify(name)}`
}
