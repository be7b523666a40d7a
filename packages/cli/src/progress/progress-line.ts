import { bottleneck } from './bottleneck.ts'
import { formatBytes, formatCount, formatDuration, formatPerSecond } from './format.ts'
import type { ProgressSnapshot } from './progress-model.ts'

/** Where a run stands, in one plain line. */
export function progressLine(now: ProgressSnapshot): string {
  const { total, done, ok, failed, retried, bad, eta, inFlight, limit, perSecond, bytes, elapsed } = now
  const count = total === undefined ? formatCount(done) : `${formatCount(done)}/${formatCount(total)}`
  return [
    `${formatDuration(elapsed)}: ${count} done`,
    `ok ${formatCount(ok)}`,
    `err ${formatCount(failed)}`,
    ...(bad > 0 ? [`bad lines ${formatCount(bad)}`] : []),
    `retried ${formatCount(retried)}`,
    formatPerSecond(perSecond),
    `${formatCount(inFlight)}/${formatCount(limit)} in flight`,
    formatBytes(bytes),
    ...(eta === undefined ? [] : [`eta ${formatDuration(eta)}`]),
    `limit: ${bottleneck(now)}`,
  ].join(', ')
}
