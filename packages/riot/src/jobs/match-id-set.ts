import { PLATFORMS } from '../routing.ts'

/** Platforms in front of match ids; two of them are only there. The order is part of how ids are kept in memory only. */
const PREFIXES: readonly string[] = [...PLATFORMS, 'ph2', 'th2'].map((name) => name.toUpperCase())
const NUMBERS = new Map(PREFIXES.map((prefix, index) => [prefix, index]))

/** Numbers of matches are far below. 32 platforms times this is what a double holds exactly. */
const SPAN = 2 ** 48
/** The table is at most so full. */
const FULL = 0.7
const FREE = -1

/**
 * Ids of matches that were seen before, in about 16 bytes each: a million of them are 16 MB, in a `Set` they would be 100. Exact: no id is
 * ever taken for another one. Whatever does not look like `EUW1_7130000137` is kept too, at the usual cost.
 *
 * @example
 * ```ts
 * import { MatchIdSet } from '@sluice/riot'
 *
 * const seen = new MatchIdSet(['KR_1', 'KR_2'])
 * console.log(seen.add('KR_2'), seen.add('KR_3'), seen.size, seen.has('EUW1_3')) // false true 3 false
 * ```
 */
export class MatchIdSet implements Iterable<string> {
  #table = new Float64Array(1024).fill(FREE)
  #count = 0
  readonly #others = new Set<string>()

  /** @throws whatever going through `ids` throws. */
  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id)
  }

  /** How many there are. */
  get size(): number {
    return this.#count + this.#others.size
  }

  has(id: string): boolean {
    const code = codeOf(id)
    return code === undefined ? this.#others.has(id) : this.#table[place(this.#table, code)] === code
  }

  /** @returns true when it is new. */
  add(id: string): boolean {
    const code = codeOf(id)
    if (code === undefined) return this.#others.size < this.#others.add(id).size
    const at = place(this.#table, code)
    if (this.#table[at] === code) return false
    this.#table[at] = code
    if (++this.#count > this.#table.length * FULL) this.#grow()
    return true
  }

  /** All ids, in no particular order: to be written to a file, and given to the next set. */
  *[Symbol.iterator](): IterableIterator<string> {
    for (const code of this.#table) if (code !== FREE) yield `${PREFIXES[Math.floor(code / SPAN)]}_${code % SPAN}`
    yield* this.#others
  }

  #grow(): void {
    const next = new Float64Array(this.#table.length * 2).fill(FREE)
    for (const code of this.#table) if (code !== FREE) next[place(next, code)] = code
    this.#table = next
  }
}

/** Platform and number as one number; undefined for anything that this would not give back as it is. */
function codeOf(id: string): number | undefined {
  const [, prefix, digits] = /^([A-Z]+\d?)_(0|[1-9]\d{0,13})$/.exec(id) ?? []
  const platform = NUMBERS.get(prefix!)
  return platform === undefined ? undefined : platform * SPAN + Number(digits)
}

/** Where `code` is in the table, or where it would be put. */
function place(table: Float64Array, code: number): number {
  const mask = table.length - 1
  // Numbers of matches follow each other; multiplied, they lie far apart.
  const low = code % 0x1_0000_0000
  let at = (Math.imul(low ^ Math.floor(code / 0x1_0000_0000), 0x9e37_79b1) >>> 8) & mask
  while (table[at] !== FREE && table[at] !== code) at = (at + 1) & mask
  return at
}
