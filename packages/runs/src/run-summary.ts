import type { StopReason } from './stop-reason.ts'

/** What became of a run. */
export interface RunSummary {
  /** Of the run, the same in all its sessions. */
  readonly id: string
  /** Folder of its store, if it has one. */
  readonly store: string | undefined
  /** Distinct items of the input so far and what tasks have added. */
  readonly items: number
  /** Items of the whole run that have ended well, and that have failed for good. */
  readonly ok: number
  readonly failed: number
  /** The same of this session alone. */
  readonly session: {
    readonly ok: number
    readonly failed: number
    /** Begun and given up, since the run was stopped: they are done again. */
    readonly cancelled: number
    /** Places of the input that are no items. */
    readonly bad: number
    /** Items that came more than once. */
    readonly duplicates: number
    /** Items that tasks have added. */
    readonly added: number
  }
  /** True when the input was read to its end and everything in it is done. */
  readonly complete: boolean
  /** Why it stopped before its end. */
  readonly stopped: StopReason | undefined
}
