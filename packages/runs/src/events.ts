/** Fields that every event of a run has. */
interface RunEventBase {
  /** `clock.now()` in ms. */
  time: number
  /** Name of the run. */
  source: string | undefined
}

/** What a run knows of its items. */
export interface RunCounts {
  /** Items that the store knows, done or not. */
  known: number
  ok: number
  failed: number
}

declare module '@sluice/core' {
  interface SluiceEventMap {
    /** The store is open, and says what earlier sessions have done. `undone`: results that were lost with the end of the output, and are done again. */
    runOpen: RunEventBase & RunCounts & { type: 'runOpen'; id: string; sessions: number; undone: number }
    /**
     * The input has been compared with the store, in a run that goes on: of `items` so far `done` are done, `failed` of the run have failed; `fresh` items are new
     * (undefined if the input had not been read to its end before), and `gone` of the store are no longer in the input.
     */
    runFound: RunEventBase & {
      type: 'runFound'
      items: number
      done: number
      failed: number
      fresh: number | undefined
      gone: number
    }
    /** How many items there are, as soon as that is known; again when tasks have added some. */
    runTotal: RunEventBase & { type: 'runTotal'; items: number }
    /** An attempt of an item begins: it has its slot and its token. */
    runAttempt: RunEventBase & { type: 'runAttempt'; index: number; name: string; attempt: number }
    /** A place of the input is no item. */
    runBadItem: RunEventBase & { type: 'runBadItem'; place: string; problem: string }
    /** Whoever takes the output is slower than it comes: nothing new begins for now; or goes on. */
    runOutput: RunEventBase & { type: 'runOutput'; waiting: boolean }
    /** Outcomes are in the output and the store: `results` of them, with `bytes` of output, in `ms`. */
    runCommit: RunEventBase & { type: 'runCommit'; results: number; bytes: number; ms: number }
    /** The run begins nothing new from now on, since it was told to stop; `now` also aborts what is in flight. */
    runStop: RunEventBase & { type: 'runStop'; now: boolean; kind: string }
    /** Something that is worth knowing and stops nothing. */
    runWarning: RunEventBase & { type: 'runWarning'; message: string }
    /** The run has ended. */
    runClose: RunEventBase & RunCounts & { type: 'runClose'; complete: boolean }
  }
}
