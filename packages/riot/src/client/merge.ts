import { AbortError, Channel, forEach } from '@sluice/core'
import { AbortLink } from '@sluice/core/internal'
import { causeOf } from './item-outcome.ts'

/** Opens a source, which ends when the signal aborts. */
export type Lane<T> = (signal: AbortSignal) => AsyncIterable<T>

/**
 * What several sources yield, as it comes: none waits for another one, only for a consumer that is slow. Leaving the loop ends all of them.
 *
 * @throws from the loop: the first error of a source, when the others have ended; the reason of an abort from outside.
 */
export async function* merge<T>(
  lanes: readonly Lane<T>[],
  outer: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (outer?.aborted) throw outer.reason
  const own = new AbortController()
  const link = outer && new AbortLink(outer, { onAbort: (reason) => own.abort(reason) })
  const channel = new Channel<T>({ capacity: 0 })
  const pump = async (lane: Lane<T>, signal: AbortSignal): Promise<void> => {
    for await (const value of lane(signal)) await channel.send(value, { signal })
  }
  const pumped = forEach(lanes, (lane, { signal }) => pump(lane, signal), {
    concurrency: Infinity,
    signal: own.signal,
  }).then(
    () => channel.close(),
    (error: unknown) => channel.abort(causeOf(error)),
  )
  try {
    yield* channel
  } finally {
    own.abort(new AbortError('the loop was left before its end'))
    link?.unlink()
    await pumped
  }
}
