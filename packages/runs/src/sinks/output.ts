import type { Line, Outcome } from '../outcome.ts'
import type { OutputPosition } from '../store/run-store.ts'

/** An outcome on its way to the output. */
export interface Written {
  readonly outcome: Outcome<unknown, unknown>
  /** Undefined if it has none. */
  readonly line: Line | undefined
}

/** What was written: where each outcome ends, if there are positions. */
export interface WriteReport {
  readonly ends: readonly (number | undefined)[]
  readonly bytes: number
}

/** How outcomes are collected before they go out together. */
export interface BatchLimits {
  readonly results: number
  readonly bytes: number
  readonly ms: number
}

/** What an output can be compared with. */
export interface OutputEnds {
  /** It has nothing behind the position that is known, unless somebody else has put it there. */
  readonly exact: boolean
  /** Where the last outcome ends of those that a file of this size can hold. */
  before(size: number): number
}

/** Where outcomes go, as the engine sees it. */
export interface Output {
  /** Whether it takes lines. */
  readonly lines: boolean
  readonly batch: BatchLimits
  /** Refuses to begin where something foreign would be overwritten. */
  check(known: OutputPosition | undefined): Promise<void>
  /** Opens what is there. Answers how much of it that is, undefined if it has no positions. */
  open(known: OutputPosition | undefined, ends?: OutputEnds): Promise<number | undefined>
  /** Drops what lies behind `position`, and goes on there. */
  cut(position: number): Promise<void>
  write(batch: readonly Written[]): Promise<WriteReport>
  /** Brings it to the disk. */
  sync(): Promise<void>
  /** The last bytes that were written. */
  readonly tail: Uint8Array
  close(): Promise<void>
  /** How lines are taken out of it, if they can be. */
  readonly rewrite: OutputRewrite | undefined
}

/** Takes lines out of an output in two steps, between which the store notes that the second is to come. */
export interface OutputRewrite {
  /** Makes the new output beside the old one. Answers where it ends. */
  prepare(size: number, without: readonly number[]): Promise<{ position: number; tail: Uint8Array }>
  /** Puts the new one in the place of the old, unless that has been done. */
  swap(): Promise<void>
  /** Removes what was made and is not wanted. */
  drop(): Promise<void>
}
