import type { Task } from '@sluice/core'
import type { NewItem, StoredItem } from './store/run-store.ts'

/** What is known of an item while it is worked on. */
export interface OpenItem {
  readonly stored: StoredItem
  /** Its place in the order of what was begun. */
  readonly place: number
  task: Task<unknown> | undefined
  started: boolean
  /** It waits for its next attempt. */
  backingOff: boolean
  attempts: number
  /** When the last attempt began. */
  began: number
  /** When the first one did, by `Date.now()`. */
  readonly firstBegan: number
  /** What the attempt that runs has added. */
  added: NewItem[]
}
