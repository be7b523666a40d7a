import type { FileHandle } from 'node:fs/promises'

/** So many of the last bytes tell whether a file is still the one that was written. */
export const TAIL = 64

/** The last bytes before `position`. */
export async function readTail(file: FileHandle, position: number): Promise<Uint8Array> {
  const length = Math.min(TAIL, position)
  const { buffer } = await file.read(new Uint8Array(length), 0, length, position - length)
  return buffer
}
