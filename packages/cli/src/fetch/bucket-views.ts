import type { BucketState } from '@sluice/http'
import type { LimitView } from '../progress/limit-view.ts'

/** The limits that servers have told, as the progress shows them. */
export function bucketViews(buckets: readonly BucketState[]): LimitView[] {
  return buckets
    .filter(({ windows }) => windows.length > 0)
    .map(({ bucket, windows, pausedFor }) => ({
      name: bucket.replace(/ .*$/, '').replace(/^https?:\/\//, ''),
      windows,
      wait: Math.max(pausedFor, ...windows.map(({ used, limit, resetIn = 0 }) => (used >= limit ? resetIn : 0))),
    }))
}
