import { rmSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a run keeps in its folder. */
const FILES = [
  'store.sqlite',
  'store.sqlite-wal',
  'store.sqlite-shm',
  'lock.sqlite',
  'lock.sqlite-journal',
  'limits.json',
]

/** Removes what a run keeps, and its folder if nothing of somebody else's is in it. */
export function removeStore(folder: string): void {
  for (const name of FILES) rmSync(join(folder, name), { force: true })
  try {
    rmdirSync(folder)
  } catch {
    // Not ours alone.
  }
}
