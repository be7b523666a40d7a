/** So many entries at most; beyond, requests of one thousandth of the window share an entry, and leave with its last one. */
const MAX_ENTRIES = 1024

/**
 * A limit that holds in *every* interval of `ms`, however the server counts: fixed, aligned to its clock or sliding.
 *
 * A token counts from the moment it is taken until `ms` after it was sent (`stamp: 'sent'`), or after it was answered (`'answered'`): the request
 * arrived no later than that, so that the server's counts are never underestimated. The former is exact for one's own pace, the latter is
 * safe for a server's count, and costs one round trip per window.
 */
export class SlidingWindow {
  readonly kind = 'sliding'
  readonly id: string
  limit: number
  readonly ms: number
  readonly stamp: 'sent' | 'answered'
  /** Taken and not stamped. */
  #open: number
  /** Stamped and not expired. */
  #logged = 0
  // A ring of entries, oldest first: when its first and last token were stamped, and how many they are.
  #firsts: number[] = []
  #lasts: number[] = []
  #counts: number[] = []
  #head = 0
  #size = 0

  constructor(id: string, limit: number, ms: number, stamp: 'sent' | 'answered', open: number) {
    this.id = id
    this.limit = limit
    this.ms = ms
    this.stamp = stamp
    this.#open = open
  }

  get used(): number {
    return this.#open + this.#logged
  }

  /** ms until `n` tokens can be taken; Infinity when one must be stamped first. */
  wait(now: number, n: number): number {
    this.#expire(now)
    let missing = this.used + n - this.limit
    if (missing <= 0 || this.used === 0) return 0
    const mask = this.#firsts.length - 1
    for (let i = 0; i < this.#size; i++) {
      const at = (this.#head + i) & mask
      missing -= this.#counts[at]!
      if (missing <= 0) return this.#lasts[at]! + this.ms - now
    }
    // More than the limit: possible only when the window is empty, which takes until the last entry expires.
    if (this.#open === 0) return this.#lasts[(this.#head + this.#size - 1) & mask]! + this.ms - now
    return Infinity
  }

  take(n: number): void {
    this.#open += n
  }

  refund(n: number): void {
    this.#open -= n
  }

  sent(now: number, n: number): void {
    if (this.stamp === 'sent') this.#log(now, n)
  }

  answered(now: number, n: number): void {
    if (this.stamp === 'answered') this.#log(now, n)
  }

  /** Counts `n` requests that were not ours, or not counted before. */
  add(now: number, n: number): void {
    this.#open += n
    this.#log(now, n)
  }

  /** ms until it is empty, if all are stamped. */
  resetIn(now: number): number | undefined {
    this.#expire(now)
    if (this.#open > 0 || this.#size === 0) return undefined
    return this.#lasts[(this.#head + this.#size - 1) & (this.#firsts.length - 1)]! + this.ms - now
  }

  idle(now: number): boolean {
    this.#expire(now)
    return this.used === 0
  }

  #log(now: number, n: number): void {
    this.#open -= n
    this.#logged += n
    const mask = this.#firsts.length - 1
    const last = (this.#head + this.#size - 1) & mask
    const mergeable = this.limit > MAX_ENTRIES ? this.ms / MAX_ENTRIES : 0
    if (this.#size > 0 && now - this.#firsts[last]! <= mergeable) {
      this.#lasts[last] = now
      this.#counts[last]! += n
      return
    }
    if (this.#size === this.#firsts.length) this.#grow()
    const at = (this.#head + this.#size++) & (this.#firsts.length - 1)
    this.#firsts[at] = this.#lasts[at] = now
    this.#counts[at] = n
  }

  #expire(now: number): void {
    const mask = this.#firsts.length - 1
    while (this.#size > 0 && this.#lasts[this.#head]! + this.ms <= now) {
      this.#logged -= this.#counts[this.#head]!
      this.#head = (this.#head + 1) & mask
      this.#size--
    }
  }

  #grow(): void {
    const { length } = this.#firsts
    const copy = (from: number[]): number[] => [
      ...from.slice(this.#head),
      ...from.slice(0, this.#head),
      ...new Array<number>(Math.max(8, length)).fill(0),
    ]
    this.#firsts = copy(this.#firsts)
    this.#lasts = copy(this.#lasts)
    this.#counts = copy(this.#counts)
    this.#head = 0
  }
}
