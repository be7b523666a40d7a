import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { listRuns, storeBeside } from '@sluice/runs'
import { UsageError } from '../errors.ts'

/** The folder of a run that is named by its output, its folder, or the beginning of its id. @throws UsageError when there is none, or more than one. */
export function findStore(name: string): string {
  for (const folder of [storeBeside(name), name]) {
    if (existsSync(join(folder, 'store.sqlite'))) return resolve(folder)
  }
  const known = /^[0-9a-f]+$/.test(name) ? listRuns().filter(({ id }) => id.startsWith(name)) : []
  const [run, other] = known
  if (run === undefined) {
    throw new UsageError(
      existsSync(name)
        ? `${name}: no run is kept beside it, in ${storeBeside(name)}`
        : `${name}: there is no such run; sluice runs list shows those that there are`,
    )
  }
  if (other !== undefined) {
    throw new UsageError(`${name}: it is the beginning of ${known.map(({ id }) => id).join(' and ')}; write more of it`)
  }
  return run.store
}
