import type { TaskContext } from '@sluice/core'
import { outcomesOf, type ItemOutcome, type Items, type ManyOptions } from './item-outcome.ts'
import { merge, type Lane } from './merge.ts'

interface Placed {
  readonly index: number
  readonly input: unknown
}

/**
 * Outcomes for inputs that go to different hosts and are all in memory already: a lane for each host, so that whoever waits for one host's limit takes up nobody
 * else's place. Undefined when one lane does: a single host, inputs that come one by one, or an order that must be kept.
 */
export function outcomesByRoute(
  inputs: Items<unknown>,
  fn: (input: unknown, context: TaskContext) => Promise<unknown>,
  options: ManyOptions,
  routeOf: (input: unknown) => string,
): AsyncGenerator<ItemOutcome<unknown, unknown>, void, undefined> | undefined {
  if (options.order === 'input' || !(Array.isArray(inputs) || inputs instanceof Set)) return undefined
  const lanes = new Map<string, Placed[]>()
  let index = 0
  for (const input of inputs as Iterable<unknown>) {
    const route = routeOf(input)
    const lane = lanes.get(route)
    const placed = { index: index++, input }
    if (lane === undefined) lanes.set(route, [placed])
    else lane.push(placed)
  }
  if (lanes.size < 2) return undefined
  const open =
    (items: readonly Placed[]): Lane<ItemOutcome<unknown, unknown>> =>
    (signal) =>
      inPlace(outcomesOf(items, ({ input }, context) => fn(input, context), { ...options, signal }))
  return merge(Array.from(lanes.values(), open), options.signal)
}

async function* inPlace(
  outcomes: AsyncIterable<ItemOutcome<Placed, unknown>>,
): AsyncGenerator<ItemOutcome<unknown, unknown>, void, undefined> {
  for await (const outcome of outcomes) yield { ...outcome, ...outcome.input }
}
