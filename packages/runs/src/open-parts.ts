import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { StoreError } from './errors.ts'
import type { RunOptions } from './run-options.ts'
import { openOutput } from './sinks/open-output.ts'
import type { Output } from './sinks/output.ts'
import { NoStore } from './store/no-store.ts'
import { STORE_FILE, openStore } from './store/open-store.ts'
import type { RunStore } from './store/run-store.ts'
import type { SqliteStore } from './store/sqlite-store.ts'

/** Where the store of a run is whose output is the file `path`, if nobody says otherwise. */
export function storeBeside(path: string): string {
  return `${path}.sluice`
}

/** The store and the output of a run, open and in agreement. */
export interface RunParts {
  readonly store: RunStore
  /** The same, if it is one that lasts. */
  readonly lasting: SqliteStore | undefined
  readonly folder: string | undefined
  readonly output: Output
  /** Lines in the output. */
  readonly lines: number
  readonly durable: boolean
  /** Results that were lost with the end of the output. */
  readonly undone: number
}

/** Opens both, and brings them into agreement. @throws StoreError when something does not fit: then nothing has changed. */
export async function openParts<I, R>(options: RunOptions<I, R>, at: (point: string) => void): Promise<RunParts> {
  const { sink, store: given, fresh = false, dedupe = true, job = null, name = 'run' } = options
  const durable = options.durability !== 'process'
  const { output, path } = openOutput(sink, { fresh, durable, at })
  const folder = given === false ? undefined : (given ?? (path === undefined ? undefined : storeBeside(path)))
  if (folder === undefined) {
    await output.check(undefined)
    await output.open(undefined)
    await output.cut(0)
    return { store: new NoStore(dedupe), lasting: undefined, folder, output, lines: 0, durable: false, undone: 0 }
  }
  // Before anything is made: what is refused leaves nothing behind.
  if (!existsSync(join(folder, STORE_FILE))) await output.check(undefined)
  const id = (): string => randomBytes(4).toString('hex')
  const store = openStore(folder, { job: JSON.stringify(job) ?? 'null', name, fresh, durable, id, at })
  try {
    const undone = await agree(store, output, path)
    if (options.retryFailed) await forgetFailed(store, output)
    store.ready()
    return { store, lasting: store, folder, output, lines: store.output?.lines ?? 0, durable, undone }
  } catch (error) {
    await output.close().catch(() => {})
    // Nothing has changed.
    store.close(store.wasEnded)
    throw error
  }
}

/** Undoes in the store what the output has lost, and cuts off the output what the store does not know. */
async function agree(store: SqliteStore, output: Output, path: string | undefined): Promise<number> {
  const file = path === undefined ? '' : basename(path)
  const before = store.meta('output') ?? file
  if (before !== file) {
    throw new StoreError(
      'JOB',
      `the outcomes of this run are in ${before === '' ? 'no file' : String(before)}, and not in ${file}`,
    )
  }
  const planned = store.meta('rewrite')
  if (planned === undefined) await output.rewrite?.drop()
  else await finishRewrite(store, output, JSON.parse(String(planned)) as Planned)
  const known = store.output
  await output.check(known)
  const size = await output.open(known, { exact: store.wasEnded, before: (at) => store.endBefore(at) })
  if (known === undefined) {
    // From now on what is in the output is this run's.
    store.begin(file)
    if (size !== undefined) await output.cut(0)
    return 0
  }
  if (size === undefined) return 0
  const { undone, position } = store.undo(size)
  await output.cut(position)
  return undone
}

/** A rewrite as the store keeps it until it is done. */
interface Planned {
  readonly position: number
  readonly lines: number
  /** Base64. */
  readonly tail: string
}

/** What has failed is to be done again: its lines leave the output, so that there is one for each item in the end. */
async function forgetFailed(store: SqliteStore, output: Output): Promise<void> {
  const { rewrite } = output
  const lines = store.failedLines()
  if (rewrite === undefined || lines.length === 0) {
    store.forgetFailed(undefined)
    return
  }
  const before = store.output!
  const { position, tail } = await rewrite.prepare(before.position, lines)
  const planned = { position, lines: before.lines - lines.length, tail: Buffer.from(tail).toString('base64') }
  store.setMeta('rewrite', JSON.stringify(planned))
  await store.durable()
  await output.close()
  await finishRewrite(store, output, planned)
  await output.open(store.output)
  await output.cut(position)
}

async function finishRewrite(store: SqliteStore, output: Output, planned: Planned): Promise<void> {
  await output.rewrite?.swap()
  store.forgetFailed({ ...planned, tail: Buffer.from(planned.tail, 'base64') })
  await store.durable()
}
