import type { Platform } from '../routing.ts'

/** What every job takes. */
export interface JobOptions {
  /** Default: the client's platform. */
  platform?: Platform | undefined
  signal?: AbortSignal | undefined
  /** Higher goes first: a whole number from -100 to 100. Default 0. */
  priority?: number | undefined
}
