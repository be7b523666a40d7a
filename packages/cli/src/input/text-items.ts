import { textItem, type RawEntry } from './entry.ts'
import type { Line } from './lines.ts'

/** True for what is skipped in every format: blank lines, and comments. */
export function isComment(text: string): boolean {
  return text === '' || text.startsWith('#')
}

/** One line, one item. */
export function* textItems(lines: readonly Line[], what: string): Generator<RawEntry> {
  for (const { number, text: line, problem } of lines) {
    const place = `${what}:${number}`
    const text = line.trim()
    if (problem !== undefined) yield { place, problem }
    else if (!isComment(text)) yield textItem(place, text, text)
  }
}
