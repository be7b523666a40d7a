import { isUtf8 } from 'node:buffer'
import { InputError } from '../errors.ts'

/** A line of a text file, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number
  /** Empty when there is a problem. */
  readonly text: string
  /** Why the line cannot be used. */
  readonly problem: string | undefined
}

/** No line of an input is longer on purpose. */
const MAX_LINE_BYTES = 16 * 1024 * 1024
const NEWLINE = 10
const NOT_UTF8 = 'is not UTF-8'
const TOO_LONG = `is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB`

/**
 * Cuts bytes into lines, as many at a time as a chunk holds, in memory that does not grow with the input. A byte order mark is dropped, the end
 * of a line may be LF or CRLF, and a line that is not UTF-8 is named without harm to the others.
 *
 * @throws InputError for UTF-16, with what to do about it.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  what: string,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line[], void> {
  let number = 1
  let rest: Buffer[] = []
  let restBytes = 0
  /** The line that is being read has been given up: what belongs to it is skipped. */
  let skipping = false
  let begun = false

  const take = (block: Buffer): Line[] => {
    const lines: Line[] = []
    if (skipping) {
      // The block begins with the last piece of the line that was too long.
      const end = block.indexOf(NEWLINE)
      lines.push({ number: number++, text: '', problem: TOO_LONG })
      skipping = false
      if (end < 0) return lines
      block = block.subarray(end + 1)
    }
    if (isUtf8(block)) {
      for (const text of block.toString('utf8').split('\n')) {
        lines.push({ number: number++, text: text.endsWith('\r') ? text.slice(0, -1) : text, problem: undefined })
      }
      return lines
    }
    for (let start = 0; start <= block.length;) {
      const found = block.indexOf(NEWLINE, start)
      const end = found < 0 ? block.length : found
      const bytes = block.subarray(start, end)
      const good = isUtf8(bytes)
      const text = good ? bytes.toString('utf8').replace(/\r$/, '') : ''
      lines.push({ number: number++, text, problem: good ? undefined : NOT_UTF8 })
      start = end + 1
    }
    return lines
  }

  const add = (chunk: Buffer): Line[] | undefined => {
    const end = chunk.lastIndexOf(NEWLINE)
    if (end < 0) {
      if (skipping) return undefined
      rest.push(chunk)
      restBytes += chunk.length
      if (restBytes > maxLineBytes) {
        skipping = true
        rest = []
        restBytes = 0
      }
      return undefined
    }
    const lines = take(Buffer.concat([...rest, chunk.subarray(0, end)]))
    const left = chunk.subarray(end + 1)
    rest = left.length === 0 ? [] : [left]
    restBytes = left.length
    return lines
  }

  /** What has come before it can be told whether there is a byte order mark. */
  let head: Buffer = Buffer.alloc(0)
  for await (const bytes of chunks) {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (!begun) {
      head = Buffer.concat([head, chunk])
      // An item that somebody typed is not kept waiting for the next.
      if (head.length < (head[0] === 0xef ? 3 : 2)) continue
      begun = true
      chunk = checkHead(head, what)
    }
    const lines = add(chunk)
    if (lines !== undefined) yield lines
  }
  if (!begun) {
    const lines = add(checkHead(head, what))
    if (lines !== undefined) yield lines
  }
  if (restBytes > 0 || skipping) yield take(Buffer.concat(rest))
}

/** Refuses UTF-16, and drops a byte order mark. */
function checkHead(head: Buffer, what: string): Buffer {
  const [first, second] = head
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (marked || head.subarray(0, 2).includes(0)) {
    throw new InputError(
      `${what} is UTF-16, and not UTF-8: convert it first, for example with iconv -f UTF-16 -t UTF-8`,
    )
  }
  return first === 0xef && second === 0xbb && head[2] === 0xbf ? head.subarray(3) : head
}
