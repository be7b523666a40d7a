import type { Readable } from 'node:stream'
import { BadItem } from '@sluice/runs'
import { ItemError } from '../errors.ts'
import { isBad, type Item } from '../input/entry.ts'
import { readItems, type ItemsInput } from '../input/read-items.ts'
import type { PlannedRequest } from '../request-plan.ts'
import { fetchItem, itemOf, type FetchItem } from './fetch-item.ts'
import { requestKey } from './fetch-task.ts'

/** The input as a run takes it, and the requests of its items. */
export class FetchSource {
  readonly #input: ItemsInput
  readonly #plan: (item: Item) => PlannedRequest
  readonly #stdin: () => Readable
  /** The plan that was made last: an item is planned when it is read, and asked for its key right after that. */
  #last: { item: FetchItem; request: PlannedRequest } | undefined

  constructor(input: ItemsInput, plan: (item: Item) => PlannedRequest, stdin: () => Readable) {
    this.#input = input
    this.#plan = plan
    this.#stdin = stdin
  }

  /** The items of the input; one that cannot be used is a `BadItem`. */
  async *items(): AsyncGenerator<FetchItem | BadItem, void> {
    for await (const entry of readItems(this.#input, this.#stdin)) {
      if (isBad(entry)) yield new BadItem(entry.place, entry.problem)
      else yield this.#check(entry)
    }
  }

  readonly plan = (item: FetchItem): PlannedRequest => {
    if (this.#last?.item === item) return this.#last.request
    // Where it stands in the input has no meaning any more.
    const request = this.#plan({ ...itemOf(item, !('path' in this.#input.from)), index: 0, place: 'item' })
    this.#last = { item, request }
    return request
  }

  readonly key = (item: FetchItem): string => requestKey(item, this.plan(item))

  #check(entry: Item): FetchItem | BadItem {
    try {
      const item = fetchItem(entry)
      this.#last = { item, request: this.#plan(entry) }
      return item
    } catch (error) {
      if (!(error instanceof ItemError)) throw error
      return new BadItem(entry.place, error.message)
    }
  }
}
