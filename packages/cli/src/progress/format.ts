/** `12,345`. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** `84ms`, `1.4s`, `3m12s`, `3h20m`, `2d4h`: two units at most. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${ms < 9.95 ? Number(ms.toFixed(1)) : Math.round(ms)}ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return two(seconds, 60, 'm', 1, 's')
  if (seconds < 86_400) return two(seconds, 3600, 'h', 60, 'm')
  return two(seconds, 86_400, 'd', 3600, 'h')
}

function two(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(seconds / large)
  const rest = Math.floor((seconds - whole * large) / small)
  return `${whole}${largeUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`
}

/** `12.3 MB`: thousands of bytes, as disks and networks count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let unit = 0
  while (bytes >= 999.5 && unit < units.length - 1) {
    bytes /= 1000
    unit++
  }
  return `${unit === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)} ${units[unit]}`
}

/** `19.8/s`, `1,234/s`; `0/s` for nothing. */
export function formatPerSecond(perSecond: number): string {
  return `${perSecond >= 100 ? formatCount(perSecond) : Number(perSecond.toFixed(1))}/s`
}

/** Text from elsewhere as it may be shown on a terminal: in one line, and without control characters that would change the screen. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const ZERO = /\p{M}|\u200b|\u200c|\u200d/u

function widthOfCharacter(character: string): number {
  return ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1
}

/** How many columns of a terminal `text` takes. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width
}

/** `text` cut to so many columns, with an ellipsis in place of what is left out. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let width = 0
  let kept = ''
  for (const character of text) {
    width += widthOfCharacter(character)
    if (width > columns - 1) break
    kept += character
  }
  return columns < 1 ? '' : `${kept}…`
}
