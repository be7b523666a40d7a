import type { OutputStream, Surroundings } from '../surroundings.ts'
import { LinesDisplay } from './lines-display.ts'
import type { ProgressDisplay } from './progress-display.ts'
import { progressFrame } from './progress-frame.ts'
import type { ProgressKind } from './progress-kind.ts'
import { progressLine } from './progress-line.ts'
import type { ProgressModel } from './progress-model.ts'
import { SilentDisplay } from './silent-display.ts'
import type { Style } from './style.ts'

const LINE_MS = 10_000
const JSON_MS = 1000

/** The display of a kind; `auto` is a bar on a terminal that can move its cursor, and lines elsewhere. */
export async function openDisplay(
  kind: ProgressKind,
  title: string,
  model: ProgressModel | undefined,
  { stderr, env, hasKeys }: Surroundings,
  style: Style,
): Promise<ProgressDisplay> {
  if (model === undefined || kind === 'none') return new SilentDisplay(stderr)
  const chosen = kind === 'auto' ? (canDraw(stderr, env) ? 'bar' : 'lines') : kind
  const now = (): ReturnType<ProgressModel['snapshot']> => model.snapshot(performance.now())
  if (chosen === 'json') return new LinesDisplay(stderr, () => JSON.stringify(now()), JSON_MS)
  if (chosen === 'lines') return new LinesDisplay(stderr, () => progressLine(now()), LINE_MS)
  const { BarDisplay } = await import('./bar-display.ts')
  return new BarDisplay(stderr, (columns) => progressFrame(title, now(), columns, style, hasKeys))
}

/** True for a terminal on which a picture can be drawn over again. One without a size is none. */
function canDraw({ isTTY, columns = 0, rows = 0 }: OutputStream, env: Surroundings['env']): boolean {
  return isTTY === true && columns > 0 && rows > 0 && env['TERM'] !== 'dumb'
}
