import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { InputError } from '../errors.ts'

/** What is read: standard input, or a file. */
export interface InputSource {
  /** `-` for standard input. */
  readonly path: string
  /** For messages. */
  readonly name: string
  /** Standard input that was read already. */
  readonly kept?: readonly Uint8Array[]
}

/** The source of a path, `-` being standard input. */
export function inputSource(path: string): InputSource {
  return { path, name: path === '-' ? 'stdin' : basename(path) }
}

/** What people can do about an error of the file system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a directory',
  EMFILE: 'too many files are open',
}

/**
 * The bytes of a source, decompressed if its name ends in `.gz`.
 *
 * @throws InputError when it cannot be read, also from the iteration.
 */
export async function* openInput(source: InputSource, stdin: () => Readable): AsyncGenerator<Uint8Array, void> {
  const { path, name, kept } = source
  if (kept !== undefined) {
    yield* kept
    return
  }
  let stream: Readable | undefined
  try {
    stream = path === '-' ? stdin() : createReadStream(path, { highWaterMark: 256 * 1024 })
    if (!path.endsWith('.gz')) yield* stream as AsyncIterable<Uint8Array>
    else {
      const { createGunzip } = await import('node:zlib')
      const gunzip = createGunzip()
      stream.on('error', (error) => gunzip.destroy(error))
      yield* stream.pipe(gunzip) as AsyncIterable<Uint8Array>
    }
  } catch (error) {
    throw inputError(error, path === '-' ? name : path)
  } finally {
    stream?.destroy()
  }
}

/** @throws InputError when a file cannot be read, before anything else is done. */
export async function checkSource({ path }: InputSource): Promise<void> {
  if (path === '-') return
  try {
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' })
    await access(path, constants.R_OK)
  } catch (error) {
    throw inputError(error, path)
  }
}

function inputError(error: unknown, what: string): InputError {
  if (error instanceof InputError) return error
  const { code = '', message } = error as { code?: string; message: string }
  const gzip = code.startsWith('Z_') ? 'it is not valid gzip, or cut short' : undefined
  return new InputError(`cannot read ${what}: ${gzip ?? REASONS[code] ?? message}`, { cause: error })
}
