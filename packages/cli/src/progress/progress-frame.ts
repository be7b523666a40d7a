import { formatRate } from '@sluice/core'
import { bottleneck } from './bottleneck.ts'
import { clip, formatBytes, formatCount, formatDuration, formatPerSecond, printable, widthOf } from './format.ts'
import { fillOf, type LimitView } from './limit-view.ts'
import type { ProgressSnapshot } from './progress-model.ts'
import type { Style } from './style.ts'

const BAR = 27
const WINDOW_BAR = 10
/** Characters of the name of a slow item. */
const NAME = 24
/** Before this, an item in flight is not slow. */
const SLOW_MS = 1000

/** A piece of a line: its width counts without its colour. */
interface Piece {
  readonly text: string
  readonly shown: string
}

const piece = (text: string, style: (text: string) => string = (same) => same): Piece => ({ text, shown: style(text) })

/** The live picture of a run, line by line, no line wider than `columns`. `hasKeys`: `t` is heard. */
export function progressFrame(
  title: string,
  now: ProgressSnapshot,
  columns: number,
  style: Style,
  hasKeys = false,
): string[] {
  const hint = `${now.stopping ? 'Ctrl-C again aborts' : 'Ctrl-C drains'}${hasKeys ? ' · t details' : ''}`
  const slow = now.slowest.filter(({ ms }) => ms >= SLOW_MS).map(slowText)
  const last = slow.length === 0 ? '' : `slow ${slow.join(' · ')}`
  return [
    spread(piece(title, style.bold), piece(`${resumedText(now)}${formatDuration(now.elapsed)}`, style.dim), columns),
    join(countPieces(now, style), '  ', columns),
    join(speedPieces(now), ' · ', columns),
    limitLine(now, columns, style),
    spread(piece(last), piece(hint, style.dim), columns),
  ]
}

function resumedText({ resumed }: ProgressSnapshot): string {
  return resumed === undefined ? '' : `run ${resumed.run}  resumed ${formatCount(resumed.done)}  `
}

function slowText({ name, ms, attempt }: ProgressSnapshot['slowest'][number]): string {
  return `${clip(printable(name), NAME)} ${formatDuration(ms)}${attempt > 1 ? ` try ${attempt}` : ''}`
}

function countPieces(now: ProgressSnapshot, style: Style): Piece[] {
  const { total, done, ok, failed, retried, bad, eta } = now
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total)
  return [
    ...(share === undefined ? [] : [bar(share, BAR, style), piece(`${(Math.floor(share * 1000) / 10).toFixed(1)}%`)]),
    piece(total === undefined ? `${formatCount(done)} done` : `${formatCount(done)}/${formatCount(total)}`, style.bold),
    piece(`ok ${formatCount(ok)}`, style.green),
    piece(`err ${formatCount(failed)}`, failed > 0 ? style.red : undefined),
    piece(`retried ${formatCount(retried)}`, retried > 0 ? style.yellow : undefined),
    ...(bad > 0 ? [piece(`bad lines ${formatCount(bad)}`, style.yellow)] : []),
    ...(eta === undefined || done === total ? [] : [piece(`eta ${formatDuration(eta)}`)]),
  ]
}

function speedPieces(now: ProgressSnapshot): Piece[] {
  const { total, done, inFlight, backingOff, latency, limit, perSecond, bytes } = now
  const queued = total === undefined ? 0 : Math.max(0, total - done - inFlight - backingOff)
  return [
    piece(`${formatPerSecond(perSecond)} now`),
    piece(`${formatCount(inFlight)}/${formatCount(limit)} in flight`),
    ...(queued > 0 ? [piece(`${formatCount(queued)} queued`)] : []),
    ...(backingOff > 0 ? [piece(`${formatCount(backingOff)} backing off`)] : []),
    ...(done > 0
      ? [
          piece(
            `p50 ${formatDuration(latency.p50)} p95 ${formatDuration(latency.p95)} p99 ${formatDuration(latency.p99)}`,
          ),
        ]
      : []),
    piece(formatBytes(bytes)),
  ]
}

/** Why it is not faster: the limits with how full their windows are, or what else it is. */
function limitLine(now: ProgressSnapshot, columns: number, style: Style): string {
  const views = limitViews(now)
  if (views.length === 0 || now.stopping || now.outputWaits) {
    return join([piece('limit', style.dim), piece(bottleneck(now))], '  ', columns)
  }
  const pieces = views.flatMap((view, i) => limitPieces(view, i === views.length - 1, style))
  return join(pieces, ' ', columns)
}

/** The limits that make somebody wait: the declared rate, or else those that are learned, what waits and what is fullest first. */
function limitViews({ stalled, windows, limits }: ProgressSnapshot): LimitView[] {
  if (stalled === undefined) return []
  if (stalled.key === formatRate(windows)) return [{ name: 'rate', windows, wait: stalled.ms }]
  return limits
    .filter(({ windows: some }) => some.length > 0)
    .sort((a, b) => Math.sign(b.wait) - Math.sign(a.wait) || fillOf(b) - fillOf(a))
}

function limitPieces(view: LimitView, isLast: boolean, style: Style): Piece[] {
  const full = fillOf(view)
  return [
    piece(`${view.name} `),
    ...view.windows.flatMap((window) => {
      const fill = window.used / window.limit
      return [
        piece(formatRate([window])),
        bar(fill, WINDOW_BAR, { ...style, green: fill === full ? style.yellow : style.green }),
        piece(`${formatCount(window.used)}/${formatCount(window.limit)} `),
      ]
    }),
    ...(view.wait > 0 ? [piece(`waiting ${formatDuration(view.wait)}${isLast ? '' : ' '}`, style.yellow)] : []),
  ]
}

function bar(share: number, width: number, style: Style): Piece {
  const filled = Math.min(width, Math.round(share * width))
  const done = '█'.repeat(filled)
  const left = '░'.repeat(width - filled)
  return { text: done + left, shown: style.green(done) + style.dim(left) }
}

/** As many pieces as fit, the last of them cut if need be. */
function join(pieces: readonly Piece[], separator: string, columns: number): string {
  let line = ''
  let used = 0
  for (const { text, shown } of pieces) {
    const gap = used === 0 ? '' : separator
    const width = widthOf(text)
    const room = columns - used - gap.length
    if (width <= room) line += gap + shown
    else {
      if (room > 8) line += gap + clip(text, room)
      break
    }
    used += gap.length + width
  }
  return line
}

/** One piece on the left and one on the right; the right one gives way. */
function spread(left: Piece, right: Piece, columns: number): string {
  const width = widthOf(left.text)
  const space = columns - width - widthOf(right.text)
  if (space >= 2) return left.shown + ' '.repeat(space) + right.shown
  return width <= columns ? left.shown : clip(left.text, columns)
}
