import type { RunSummary } from '@sluice/runs'
import type { StopReason } from './stop-policy.ts'

/** What became of the items of a run. */
export interface FetchTally {
  readonly ok: number
  readonly failed: number
  /** Of these, by earlier calls. */
  readonly resumed: { readonly ok: number; readonly failed: number }
  /** Begun, and given up since the run was stopped. */
  readonly cancelled: number
  /** Places of the input that are no items. */
  readonly bad: number
  /** Items that came more than once, and were fetched once. */
  readonly duplicates: number
  /** True when the input was read to its end and everything in it is done. */
  readonly complete: boolean
  readonly stopped: StopReason | undefined
}

/** What the engine says became of a run. */
export function tallyOf({ ok, failed, session, complete, stopped }: RunSummary): FetchTally {
  const { cancelled, bad, duplicates } = session
  const resumed = { ok: ok - session.ok, failed: failed - session.failed }
  return { ok, failed, resumed, cancelled, bad, duplicates, complete, stopped: stopped as StopReason | undefined }
}
