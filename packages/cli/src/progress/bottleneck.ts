import { formatCount, formatDuration } from './format.ts'
import type { ProgressSnapshot } from './progress-model.ts'

/** Why it is not faster, in a few words. */
export function bottleneck(now: ProgressSnapshot): string {
  if (now.stopping)
    return `stopping: nothing new begins, ${formatCount(now.inFlight + now.backingOff)} in flight end first`
  if (now.outputWaits) return 'the output: whoever reads it is slower than the server'
  if (now.stalled !== undefined) {
    const { key, ms } = now.stalled
    // Without a time, the limit waits for answers that tell it.
    return `the rate limit ${key}${Number.isFinite(ms) ? `: the next may go in ${formatDuration(ms)}` : ''}`
  }
  if (now.unsent > now.inFlight) return `connecting: ${formatCount(now.unsent)} wait for a connection`
  if (now.inFlight >= now.limit) {
    const answer = now.latency.p50 > 0 ? `, and an answer takes ${formatDuration(now.latency.p50)}` : ''
    const cure = now.adaptive ? '; beyond that the server is slower' : '; -c would allow more'
    return `all ${formatCount(now.limit)} slots are busy${answer}${cure}`
  }
  if (now.total !== undefined && now.done + now.inFlight + now.unsent + now.backingOff >= now.total) {
    if (now.backingOff > now.inFlight) return `the last ${formatCount(now.backingOff)} wait for their next attempt`
    return `the last ${formatCount(now.inFlight)} are in flight`
  }
  if (now.backingOff > now.inFlight) return `failures: ${formatCount(now.backingOff)} wait for their next attempt`
  return now.done === 0 && now.inFlight === 0
    ? 'waits for the first item'
    : 'the input: items come slower than they are done'
}
