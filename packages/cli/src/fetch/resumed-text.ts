import { formatCount } from '../progress/format.ts'

/** What an earlier call had left, as a run found it. */
export interface Resumed {
  /** Items of the run, and how many of them are done. */
  readonly items: number
  readonly done: number
  readonly failed: number
  /** Items of the input that the run did not know; undefined if it had not come to the end of the input before. */
  readonly fresh: number | undefined
  /** Items of the run that are no longer in the input. */
  readonly gone: number
}

/** What people are told at the start of a run that goes on. */
export function resumedText({ items, done, failed, fresh = 0, gone }: Resumed): string {
  return [
    `resumed: ${formatCount(done)} of ${formatCount(items)} done`,
    ...(fresh > 0 ? [`${formatCount(fresh)} new`] : []),
    ...(gone > 0 ? [`${formatCount(gone)} gone`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed (--retry-failed tries them again)`] : []),
  ].join(', ')
}
