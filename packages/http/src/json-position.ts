const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const SPACE = /[\t\n\r ]*/y

/**
 * Where `text` stops being JSON (RFC 8259): the index of the first character that cannot go on, the length if the end
 * comes too early, `undefined` if it is JSON. Only called when parsing failed: engines do not say it in every case.
 */
export function jsonErrorPosition(text: string): number | undefined {
  /** Open brackets, innermost last. */
  const open: ('{' | '[')[] = []
  let at = 0
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  let expect: 'value' | 'value or ]' | 'key' | 'key or }' | 'after' = 'value'
  for (;;) {
    eat(SPACE)
    const character = text[at]
    if (character === undefined) return expect === 'after' && open.length === 0 ? undefined : text.length
    if (expect === 'after') {
      const inner = open.at(-1)
      if (inner !== undefined && character === ',') expect = inner === '{' ? 'key' : 'value'
      else if ((inner === '{' && character === '}') || (inner === '[' && character === ']')) open.pop()
      else return at
      at++
    } else if (expect === 'key' || expect === 'key or }') {
      if (expect === 'key or }' && character === '}') {
        open.pop()
        at++
        expect = 'after'
        continue
      }
      if (character !== '"') return at
      const end = stringEnd(text, at)
      if (end < 0) return -end
      at = end
      eat(SPACE)
      if (text[at] !== ':') return Math.min(at, text.length)
      at++
      expect = 'value'
    } else if (character === '{' || character === '[') {
      open.push(character)
      at++
      expect = character === '{' ? 'key or }' : 'value or ]'
    } else if (expect === 'value or ]' && character === ']') {
      open.pop()
      at++
      expect = 'after'
    } else if (character === '"') {
      const end = stringEnd(text, at)
      if (end < 0) return -end
      at = end
      expect = 'after'
    } else {
      if (!eat(NUMBER) && !eat(WORD)) return at
      expect = 'after'
    }
  }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Index behind the string that begins at `start`, or minus the index at which it goes wrong. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 34 /* " */) return at + 1
    if (code === 92 /* \ */) {
      ESCAPE.lastIndex = at
      if (!ESCAPE.test(text)) return -at
      at = ESCAPE.lastIndex
      // NaN is the end of the text.
    } else if (code >= 32) at++
    else return -at
  }
}
