import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { RunReader, type RunReport } from './run-reader.ts'

/** A run that was remembered. */
export interface ListedRun {
  readonly id: string
  /** Folder of its store. */
  readonly store: string
  /** Undefined if there is no store any more, or none that can be read. */
  readonly report: RunReport | undefined
}

/** Where runs are remembered: `$SLUICE_STATE_DIR`, else `sluice` in `$XDG_STATE_HOME`, else `~/.local/state/sluice`. */
export function stateFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const { SLUICE_STATE_DIR: own, XDG_STATE_HOME: state } = env
  return own || join(state || join(homedir(), '.local', 'state'), 'sluice')
}

/** Remembers where the store of a run is, so that {@link listRuns} finds it. The run itself does not need it. */
export function rememberRun(id: string, store: string, folder: string = stateFolder()): void {
  const runs = join(folder, 'runs')
  mkdirSync(runs, { recursive: true, mode: 0o700 })
  const path = join(runs, `${id}.json`)
  // In one step, since others may read it at any time.
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify({ id, store: resolve(store) })}\n`, { mode: 0o600 })
  renameSync(`${path}.${process.pid}`, path)
}

/** Forgets where a run is; the run itself is left alone. */
export function forgetRun(id: string, folder: string = stateFolder()): void {
  rmSync(join(folder, 'runs', `${id}.json`), { force: true })
}

/** The runs that were remembered, the newest first. */
export function listRuns(folder: string = stateFolder()): ListedRun[] {
  let names: string[]
  try {
    names = readdirSync(join(folder, 'runs'))
  } catch {
    return []
  }
  const runs: ListedRun[] = []
  for (const name of names) {
    if (!name.endsWith('.json')) continue
    try {
      const { id, store } = JSON.parse(readFileSync(join(folder, 'runs', name), 'utf8')) as {
        id: string
        store: string
      }
      runs.push({ id, store, report: reportOf(id, store) })
    } catch {
      // No note of ours, or one that is just being removed.
    }
  }
  return runs.sort((a, b) => (b.report?.created ?? '').localeCompare(a.report?.created ?? ''))
}

function reportOf(id: string, store: string): RunReport | undefined {
  let reader: RunReader | undefined
  try {
    reader = new RunReader(store)
    const report = reader.report()
    // Another run may have taken its place.
    return report.id === id ? report : undefined
  } catch {
    return undefined
  } finally {
    reader?.[Symbol.dispose]()
  }
}
