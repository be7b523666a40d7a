import { asCompleted, mapIterable, type StreamOptions, type TaskContext } from '@sluice/core'
import { checkFunction, checkWord } from '@sluice/core/internal'
import { NotFoundError } from '../errors.ts'

/** What became of one of many: plain data, one for each input, and never a hole. */
export type ItemOutcome<Input, Value> =
  | { readonly status: 'ok'; readonly index: number; readonly input: Input; readonly value: Value }
  | { readonly status: 'notFound'; readonly index: number; readonly input: Input; readonly error: NotFoundError }
  | { readonly status: 'failed'; readonly index: number; readonly input: Input; readonly error: unknown }

/** What can be gone through, now or as it comes. */
export type Items<Input> = Iterable<Input> | AsyncIterable<Input>

/** How many things are done, one for each input. */
export interface ManyOptions extends Pick<StreamOptions, 'concurrency' | 'buffer' | 'signal' | 'clock' | 'name'> {
  /** `'completed'`: what is there first comes first. `'input'`: in the order of the inputs. */
  order?: 'completed' | 'input' | undefined
}

/**
 * Calls `fn` for each item and yields an outcome for each: a failure is one of them, and stops nothing. At most `concurrency` (default 100) are under way and `buffer`
 * (default as many) wait to be fetched, however long the input: memory stays flat. Leaving the loop aborts what runs.
 *
 * @throws from the loop: the reason of an abort from outside; what the input throws. At once: TypeError or RangeError for wrong options.
 */
export async function* outcomesOf<Input, Value>(
  items: Items<Input>,
  fn: (item: Input, context: TaskContext) => Value | PromiseLike<Value>,
  { order = 'completed', ...options }: ManyOptions,
): AsyncGenerator<ItemOutcome<Input, Awaited<Value>>, void, undefined> {
  const settle = async (input: Input, context: TaskContext): Promise<ItemOutcome<Input, Awaited<Value>>> => {
    const { index, signal } = context
    try {
      return { status: 'ok', index, input, value: await fn(input, context) }
    } catch (error) {
      if (signal.aborted) throw error
      return error instanceof NotFoundError
        ? { status: 'notFound', index, input, error }
        : { status: 'failed', index, input, error }
    }
  }
  try {
    if (order === 'input') yield* mapIterable(items, settle, options)
    else for await (const { value } of asCompleted(items, settle, options)) yield value
  } catch (error) {
    throw causeOf(error)
  }
}

/** Where no item can fail a stream, the only error in its `AggregateError` is the input's own. */
export function causeOf(error: unknown): unknown {
  return error instanceof AggregateError ? error.cause : error
}

/** Refuses wrong options at once, not when the first outcome is asked for. */
export function checkMany(fn: unknown, { order = 'completed' }: ManyOptions): void {
  checkFunction('fn', fn)
  checkWord('order', order, 'completed', 'input')
}
