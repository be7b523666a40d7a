import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { RunReader } from '@sluice/runs'
import { UsageError } from '../errors.ts'
import { outputProblem } from '../output/open-output.ts'
import { itemOf, type FetchItem } from './fetch-item.ts'

/** Written in the store's folder: the list of failed items that belongs to the run. */
const NOTE = 'failed-list'

/** @throws UsageError when the list would overwrite what this run has not written. */
export function checkFailedList(path: string, store: string, fresh: boolean): void {
  const before = statSync(path, { throwIfNoEntry: false })
  if (fresh || before === undefined || before.size === 0) return
  let ours: string | undefined
  try {
    ours = readFileSync(join(store, NOTE), 'utf8')
  } catch {
    // This run has written none.
  }
  if (ours === resolve(path)) return
  throw new UsageError(`${path} exists already and is not overwritten: name another file, or add --fresh to start over`)
}

/** Writes the items of a run that have failed, as `--input` takes them. @throws UsageError when the file cannot be written. */
export async function writeFailedList(path: string, store: string): Promise<void> {
  const next = `${path}.${process.pid}`
  try {
    // Items may carry what nobody else should read.
    const file = await open(next, 'w', 0o600)
    const reader = new RunReader(store)
    try {
      let text = ''
      for (const { item } of reader.items('failed')) {
        text += `${JSON.stringify(itemOf(item as FetchItem, false).source)}\n`
        if (text.length > 65_536) {
          await file.write(text)
          text = ''
        }
      }
      await file.write(text)
    } finally {
      reader[Symbol.dispose]()
      await file.close()
    }
    renameSync(next, path)
    writeFileSync(join(store, NOTE), resolve(path))
  } catch (error) {
    throw new UsageError(outputProblem(path, error), { cause: error })
  }
}
