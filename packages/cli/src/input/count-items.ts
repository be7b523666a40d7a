import { open, stat } from 'node:fs/promises'
import { isBad } from './entry.ts'
import { formatByName } from './input-format.ts'
import { readEntries, type ItemsInput } from './read-items.ts'

/** A file of more bytes is not read in advance only to know how many items it has. */
const MOST_BYTES = 256 * 1024 * 1024
/** The same of one that must be taken apart for it. */
const MOST_PARSED = 8 * 1024 * 1024
const PIECE = 64 * 1024
const NEWLINE = 10
const SPACE = 32
const HASH = 35

/**
 * How many items there are, if that can be found out cheaply and without taking them from whoever reads them. Where each line is an item, those that are bad are
 * counted too.
 */
export async function countInAdvance(input: ItemsInput): Promise<number | undefined> {
  const { from, format } = input
  if (!('path' in from)) return from.length
  if (from.path === '-' || from.path.endsWith('.gz')) return undefined
  const known = format ?? formatByName(from.path)
  const isTable = known === 'csv' || known === 'tsv'
  try {
    const about = await stat(from.path)
    if (!about.isFile() || about.size > (isTable ? MOST_PARSED : MOST_BYTES)) return undefined
    return isTable ? await countEntries(input) : await countLines(from.path)
  } catch {
    // The run itself meets the same problem, and tells it.
    return undefined
  }
}

async function countEntries(input: ItemsInput): Promise<number> {
  let items = 0
  for await (const entries of readEntries(input, neverStdin)) {
    for (const entry of entries) if (!isBad(entry)) items++
  }
  return items
}

/** Lines that are neither blank nor comments, in the memory of one piece. */
async function countLines(path: string): Promise<number> {
  const file = await open(path)
  try {
    const piece = Buffer.allocUnsafe(PIECE)
    let lines = 0
    /** Nothing but space has come in this line. */
    let blank = true
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE)
      if (bytesRead === 0) return lines
      for (let at = 0; at < bytesRead; at++) {
        const byte = piece[at]!
        if (byte === NEWLINE) blank = true
        else if (blank && byte > SPACE) {
          blank = false
          if (byte !== HASH) lines++
        }
        if (blank) continue
        // The rest of the line does not matter.
        const end = piece.indexOf(NEWLINE, at)
        if (end < 0 || end >= bytesRead) break
        blank = true
        at = end
      }
    }
  } finally {
    await file.close()
  }
}

function neverStdin(): never {
  throw new Error('a file is not standard input')
}
