import type { RateWindow } from '@sluice/core'
import { ItemError } from '../errors.ts'
import { isBad, type Entry, type Item } from '../input/entry.ts'
import { formatCount, formatDuration } from '../progress/format.ts'
import type { PlannedRequest } from '../request-plan.ts'
import type { Secrets } from '../secrets.ts'

/** How many requests are shown. */
const SHOWN = 5
/** Characters of a body that are shown. */
const BODY = 200

/** What a dry run looks at. */
export interface DryRunParts {
  readonly items: AsyncIterable<Entry>
  readonly plan: (item: Item) => PlannedRequest
  /** Of every request. */
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: Secrets
  readonly rate: readonly RateWindow[] | undefined
  readonly rateText: string | undefined
  onBadEntry(place: string, problem: string): void
}

/** Expands the whole input, and shows what would be sent and how long the declared rate makes it take. Returns how many places are no items. */
export async function dryRun(parts: DryRunParts, print: (line: string) => void): Promise<number> {
  const { items, plan, onBadEntry } = parts
  let count = 0
  let bad = 0
  const refuse = (place: string, problem: string): void => {
    bad++
    onBadEntry(place, problem)
  }
  for await (const entry of items) {
    if (isBad(entry)) {
      refuse(entry.place, entry.problem)
      continue
    }
    try {
      const request = plan(entry)
      if (count++ < SHOWN) for (const line of requestLines(request, parts)) print(line)
    } catch (error) {
      if (!(error instanceof ItemError)) throw error
      refuse(entry.place, error.message)
    }
  }
  if (count > SHOWN) print(`… and ${formatCount(count - SHOWN)} more`)
  print(`${formatCount(count)} ${count === 1 ? 'item' : 'items'}${rateText(count, parts)}`)
  return bad
}

function requestLines(request: PlannedRequest, { headers, secrets }: DryRunParts): string[] {
  const own = { ...headers, ...request.headers }
  const { body } = request
  return [
    `${request.method} ${secrets.maskUrl(request.url)}`,
    ...Object.entries(own).map(([name, value]) => `  ${name}: ${secrets.maskHeader(name, value)}`),
    ...(body === undefined ? [] : [`  ${secrets.mask(body.length > BODY ? `${body.slice(0, BODY)}…` : body)}`]),
  ]
}

function rateText(count: number, { rate, rateText: text }: DryRunParts): string {
  if (rate === undefined) return ', and no rate is declared'
  const ms = Math.max(...rate.map((window) => (count * window.ms) / window.limit))
  return ` at ${text}: ${formatDuration(ms)}`
}
