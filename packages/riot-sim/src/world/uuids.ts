import { hash } from './hash.ts'

/** What an id in the form of a UUID stands for. */
export interface UuidContent {
  /** Tells leagues, teams and matches apart, 0 to 63. */
  readonly kind: number
  readonly platform: number
  /** Below 2^48. */
  readonly number: number
}

/** Ids that look like random UUIDs (version 4) and can be read back: no table of ids is kept. */
export class Uuids {
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  encode({ kind, platform, number }: UuidContent): string {
    const low = number >>> 0
    const high = ((kind << 26) | (platform << 22) | Math.floor(number / 4_294_967_296)) >>> 0
    const check = hash(this.#seed, low, high, 5)
    const key = (check & 0xffff0000) | (check & 0xfff)
    const tail = hash(check, low, high)
    return [
      hex(high ^ hash(this.#seed, key, 1), 8),
      hex(check >>> 16, 4),
      `4${hex(check & 0xfff, 3)}`,
      `a${hex(tail >>> 20, 3)}`,
      hex(tail & 0xffff, 4) + hex(low ^ hash(this.#seed, key, 2), 8),
    ].join('-')
  }

  /** What the id stands for, or undefined when it is none of this world's. */
  decode(uuid: string): UuidContent | undefined {
    const match = /^([0-9a-f]{8})-([0-9a-f]{4})-4([0-9a-f]{3})-a[0-9a-f]{3}-[0-9a-f]{4}([0-9a-f]{8})$/.exec(uuid)
    if (match === null) return undefined
    const [a, b, c, d] = match.slice(1).map((part) => Number.parseInt(part, 16)) as [number, number, number, number]
    const key = (b << 16) | c
    const high = (a ^ hash(this.#seed, key, 1)) >>> 0
    const low = (d ^ hash(this.#seed, key, 2)) >>> 0
    const content = {
      kind: high >>> 26,
      platform: (high >>> 22) & 15,
      number: (high & 0x3fffff) * 4_294_967_296 + low,
    }
    return this.encode(content) === uuid ? content : undefined
  }
}

/** A UUID that stands for nothing but itself, from whatever numbers. */
export function plainUuid(a: number, b = 0, c = 0): string {
  const [w, x, y, z] = [1, 2, 3, 4].map((d) => hash(a, b, c, d)) as [number, number, number, number]
  return `${hex(w, 8)}-${hex(x >>> 16, 4)}-4${hex(x & 0xfff, 3)}-b${hex(y >>> 20, 3)}-${hex(y & 0xffff, 4)}${hex(z, 8)}`
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0')
}
