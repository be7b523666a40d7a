import { rememberRun, stateFolder } from '@sluice/runs'
import type { Surroundings } from '../surroundings.ts'

/** Notes a run so that `sluice runs` finds it. Where that cannot be written, the run is none the worse. */
export function noteRun(id: string, store: string, env: Surroundings['env']): void {
  try {
    rememberRun(id, store, stateFolder(env))
  } catch {
    // Such as a home that cannot be written to.
  }
}
