/** Line ends with the space around them. In valid JSON they stand between tokens only, never inside a string. */
const LINE_END = /[ \t]*[\r\n][ \t\r\n]*/g

/** Valid JSON in one line, otherwise as it came: every digit of its numbers, and its keys in their order. */
export function oneLine(json: string): string {
  return (json.includes('\n') || json.includes('\r') ? json.replaceAll(LINE_END, '') : json).trim()
}
