import { open, stat } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { UsageError } from '../errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EISDIR: 'it is a directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EFBIG: 'it may not grow any further',
}

/** What is wrong with a file that is written, for people. */
export function outputProblem(path: string, error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string }
  return `cannot write ${path}: ${REASONS[code] ?? message}`
}

/** A file that is written. */
export interface Output {
  /** Takes the text. */
  readonly stream: Writable
  /** Fulfils when everything is in the file, after the stream was ended. */
  readonly done: Promise<void>
}

/**
 * Opens a file for the output, compressed if its name ends in `.gz`. A file that is there and holds something is not touched, unless `fresh` says to start over.
 *
 * @throws UsageError when it must not or cannot be written.
 */
export async function openOutput(
  path: string,
  { fresh, mode = 0o666 }: { fresh: boolean; mode?: number },
): Promise<Output> {
  let file: Writable
  try {
    const before = await stat(path).catch(() => undefined)
    if (before?.isFile() && before.size > 0 && !fresh) throw new UsageError(foreign(path))
    file = (await open(path, before === undefined && !fresh ? 'wx' : 'w', mode)).createWriteStream()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(outputProblem(path, error), { cause: error })
  }
  if (!path.endsWith('.gz')) return { stream: file, done: quietly(finished(file)) }
  const { createGzip } = await import('node:zlib')
  const gzip = createGzip()
  return { stream: gzip, done: quietly(pipeline(gzip, file)) }
}

function foreign(path: string): string {
  return `${path} exists already and is not overwritten: name another file, or add --fresh to start over`
}

/** What goes wrong is told by the `error` event of the stream that is written to. */
async function quietly(done: Promise<void>): Promise<void> {
  await done.catch(() => {})
}
