import { textItem, type RawEntry } from './entry.ts'
import type { Line } from './lines.ts'
import { isComment } from './text-items.ts'

/** One line, one JSON value: an object with fields, or a string or number that is the item itself. */
export function* ndjsonItems(lines: readonly Line[], what: string): Generator<RawEntry> {
  for (const { number, text: line, problem } of lines) {
    const place = `${what}:${number}`
    const text = line.trim()
    if (problem !== undefined) yield { place, problem }
    else if (!isComment(text)) yield parseItem(text, place)
  }
}

function parseItem(json: string, place: string): RawEntry {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    const hint = json === '[' || json === '{' ? ': NDJSON has one value on each line (jq -c makes it)' : ''
    return { place, problem: `is not JSON${hint}` }
  }
  // A number stands in the URL as it stands in the input, however many digits it has.
  if (typeof value === 'number') return textItem(place, value, json)
  if (typeof value === 'string') return textItem(place, value, value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      place,
      problem: `must be an object, a string or a number, not ${Array.isArray(value) ? 'an array' : json}`,
    }
  }
  const fields = value as Record<string, unknown>
  const inexact = Object.keys(fields).find((name) => isInexact(fields[name]))
  if (inexact !== undefined) {
    return {
      place,
      problem: `has a number in ${JSON.stringify(inexact)} with more digits than a number can hold: write it as a string`,
    }
  }
  return { place, source: fields, text: undefined, fields, overrides: true, trusted: false }
}

/** A whole number beyond 2^53: some of its digits are lost. */
function isInexact(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
}
