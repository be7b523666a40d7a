import { stat } from 'node:fs/promises'
import { isBad } from './entry.ts'
import { readEntries, type ItemsInput } from './read-items.ts'

/** A file of more bytes is not read in advance only to know how many items it has. */
const MOST_BYTES = 32 * 1024 * 1024

/** How many items there are, if that can be found out cheaply and without taking them from whoever reads them. */
export async function countInAdvance(input: ItemsInput): Promise<number | undefined> {
  const { from } = input
  if (!('path' in from)) return from.length
  if (from.path === '-' || from.path.endsWith('.gz')) return undefined
  try {
    const about = await stat(from.path)
    if (!about.isFile() || about.size > MOST_BYTES) return undefined
    let items = 0
    for await (const entries of readEntries(input, neverStdin)) {
      for (const entry of entries) if (!isBad(entry)) items++
    }
    return items
  } catch {
    // The run itself meets the same problem, and tells it.
    return undefined
  }
}

function neverStdin(): never {
  throw new Error('a file is not standard input')
}
