import { Channel, forEach } from '@sluice/core'
import { causeOf } from '../client/item-outcome.ts'

/**
 * What several sources yield, as it comes; none of them waits for another one, but for a consumer that is slow. Leaving the loop closes all of them.
 *
 * @throws from the loop: the first error of a source, after which the others are closed.
 */
export async function* merge<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T, void, undefined> {
  if (sources.length === 1) {
    yield* sources[0]!
    return
  }
  const channel = new Channel<T>({ capacity: 0 })
  const pumped = forEach(
    sources,
    async (source) => {
      for await (const value of source) await channel.send(value)
    },
    { concurrency: Infinity },
  ).then(
    () => channel.close(),
    (error: unknown) => channel.abort(causeOf(error)),
  )
  try {
    yield* channel
  } finally {
    // Whoever waits to send is refused now, which ends its loop and so closes its source.
    channel.abort(new Error('nobody listens any more'))
    await pumped
  }
}
