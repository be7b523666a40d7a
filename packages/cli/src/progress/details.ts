import { formatRate } from '@sluice/core'
import { bottleneck } from './bottleneck.ts'
import { clip, formatCount, formatDuration, printable } from './format.ts'
import type { LimitView } from './limit-view.ts'
import type { ProgressModel } from './progress-model.ts'

/** Items that are named. */
const MOST = 20
/** Characters of a name. */
const NAME = 60

/** Says what runs now, longest first, and the state of every limit: for whoever presses `t`, or sends SIGUSR1. */
export function tellDetails(model: ProgressModel, say: (line: string) => void, now: number = performance.now()): void {
  for (const line of detailLines(model, now)) say(line)
}

function detailLines(model: ProgressModel, now: number): string[] {
  const snapshot = model.snapshot(now)
  const running = model.running(now, MOST)
  const { inFlight, backingOff, limits, windows, stalled } = snapshot
  const declared: LimitView[] =
    windows.length === 0 ? [] : [{ name: 'rate', windows, wait: stalled?.key === formatRate(windows) ? stalled.ms : 0 }]
  return [
    `-- ${formatCount(inFlight)} in flight, ${formatCount(backingOff)} wait for their next attempt; limit: ${bottleneck(snapshot)}`,
    ...running.map(
      ({ name, ms, attempt }) => `   ${formatDuration(ms).padStart(6)}  try ${attempt}  ${clip(printable(name), NAME)}`,
    ),
    ...(inFlight > running.length ? [`   … and ${formatCount(inFlight - running.length)} more`] : []),
    ...[...declared, ...limits].map(limitText),
  ]
}

function limitText({ name, windows, wait }: LimitView): string {
  const full = windows.map(
    (window) => `${formatRate([window])} ${formatCount(window.used)}/${formatCount(window.limit)}`,
  )
  return `   ${name}: ${full.join(', ') || 'not known yet'}${wait > 0 ? `, the next in ${formatDuration(wait)}` : ''}`
}
