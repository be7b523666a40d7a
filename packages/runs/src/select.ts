/** What is kept of an object: `true` for all of it, or the names that are kept and what of each. */
type Kept = true | Map<string, Kept>

/** Keeps the selected parts of a JSON value. */
export type Selection = (data: unknown) => unknown

/**
 * Reads `id,info.name`: the parts of a JSON value that are kept, each in its place. A path goes through every element of an array. What is not there is left out.
 *
 * @throws TypeError for an empty path.
 * @example
 * ```ts
 * import { parseSelection } from '@sluice/runs'
 *
 * const select = parseSelection('id,info.name')
 * console.log(JSON.stringify(select({ id: 7, info: { name: 'Ada', age: 36 } }))) // {"id":7,"info":{"name":"Ada"}}
 * ```
 */
export function parseSelection(text: string): Selection {
  const root = new Map<string, Kept>()
  for (const path of text.split(',')) {
    const names = path
      .trim()
      .replace(/^data\./, '')
      .split('.')
    if (names.includes('')) throw new TypeError(`write paths such as 'id,info.name', not ${JSON.stringify(text)}`)
    let at = root
    for (const [i, name] of names.entries()) {
      const below = at.get(name)
      if (below === true) break
      if (i === names.length - 1) at.set(name, true)
      else {
        const next: Map<string, Kept> = below ?? new Map<string, Kept>()
        at.set(name, next)
        at = next
      }
    }
  }
  return (data) => keep(data, root)
}

function keep(value: unknown, kept: Kept): unknown {
  if (kept === true || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => keep(element, kept))
  const result: Record<string, unknown> = {}
  for (const [name, below] of kept) {
    if (Object.hasOwn(value, name)) result[name] = keep((value as Record<string, unknown>)[name], below)
  }
  return result
}
