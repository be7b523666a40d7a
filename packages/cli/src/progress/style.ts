import type { OutputStream } from '../surroundings.ts'

/** Colours, or none of them. */
export interface Style {
  readonly green: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

const plain = (text: string): string => text
const code =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`

/** No colours. */
export const PLAIN: Style = { green: plain, red: plain, yellow: plain, dim: plain, bold: plain }
/** The sixteen colours that every terminal has, so that they go with its theme. */
export const COLOURED: Style = {
  green: code(32, 39),
  red: code(31, 39),
  yellow: code(33, 39),
  dim: code(2, 22),
  bold: code(1, 22),
}

/** The style of a stream: `--no-color`, then NO_COLOR, FORCE_COLOR and TERM=dumb of the environment, then whether it is a terminal. */
export function styleOf(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
  noColour: boolean,
): Style {
  if (noColour || (env['NO_COLOR'] ?? '') !== '') return PLAIN
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced === '0' || forced === 'false' ? PLAIN : COLOURED
  return stream.isTTY === true && env['TERM'] !== 'dumb' ? COLOURED : PLAIN
}
