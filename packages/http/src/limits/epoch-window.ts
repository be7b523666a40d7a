/**
 * A window that the server opens and closes: it begins with the first request that arrives (or when the server's clock says so), and when it
 * ends all counts are zero again. An epoch is this side's picture of it, and errs on the late side only: it ends no earlier than the server's.
 *
 * Its end is known from answers, between two bounds: either the server says how long the window goes on, give or take its rounding and the time
 * that the answer was under way; or the window began no earlier than the first request was sent, and no later than the first answer came. A token that
 * is unanswered when an epoch ends, or was answered when the server's window may have been over, is counted by the server in the old
 * window or in the new one: it is charged to both.
 */
export class EpochWindow {
  readonly kind = 'epoch'
  readonly id: string
  limit: number
  /** Length in ms: told by the server, or else the longest rest that it has ever told. */
  ms: number
  readonly #lengthIsTold: boolean
  /** Charged to this epoch. */
  used: number
  /** Charged to the epoch before. */
  previous = 0
  /** Nothing taken earlier belongs to this epoch. */
  #openedAt = -Infinity
  /** The server's window is over by then. */
  #end = Infinity
  /** The server's window goes on at least until then. */
  #surely = -Infinity
  #resetIsTold = false
  /** Tokens answered after that, and by when their window is over. */
  #late = 0
  #lateUntil = -Infinity
  /** The same of those answered before. */
  #early = 0
  #earlyUntil = -Infinity
  /** Not over before, for the sake of late ones of the epoch before. */
  #floor = -Infinity
  /** By when the window is over of which the last answer spoke, and when that was. */
  #toldEnd = Infinity
  #toldAt = Number.NaN
  /** Tokens of earlier epochs that are charged here and unanswered. */
  #carried = 0

  /** `used` is what is charged already: what the server counted, or what is in flight. None of it was sent before `since`. */
  constructor(id: string, limit: number, ms: number | undefined, used: number, since: number) {
    this.id = id
    this.limit = limit
    this.ms = ms ?? 0
    this.#lengthIsTold = ms !== undefined
    this.used = used
    this.#surely = since + this.ms
  }

  /** Opens the next epoch if this one is over. */
  roll(now: number, inFlight: number): void {
    if (now < this.#end || now < this.#floor) return
    this.previous = this.used
    this.used = inFlight + this.#late
    this.#carried = inFlight
    this.#late = this.#early = 0
    this.#floor = this.#lateUntil
    this.#lateUntil = this.#earlyUntil = -Infinity
    this.#openedAt = now
    this.#end = Infinity
    // What is carried over may have opened the server's next window as soon as the last one was over.
    this.#surely = this.#resetIsTold ? -Infinity : this.#surely + this.ms
  }

  /** ms until `n` tokens can be taken; Infinity when an answer must come first. */
  wait(now: number, n: number, inFlight: number): number {
    this.roll(now, inFlight)
    if (this.used + n <= this.limit || this.used === 0) return 0
    // Nothing is under way that could tell the end: take the longest it can be.
    if (this.#end === Infinity && inFlight === 0) {
      this.#end = now + this.ms
      this.roll(now, 0)
      if (this.used === 0) return 0
    }
    return Math.max(this.#end, this.#floor) - now
  }

  take(now: number, n: number): void {
    if (this.used === 0 && !this.#resetIsTold) this.#surely = now + this.ms
    this.used += n
  }

  /** Tokens taken at `takenAt` were never sent. */
  refund(n: number, takenAt: number): void {
    if (takenAt < this.#openedAt) this.#carried -= n
    this.used = Math.max(0, this.used - n)
  }

  /** Tokens taken at `takenAt` were answered, or failed. */
  answered(now: number, n: number, takenAt: number): void {
    const carried = takenAt < this.#openedAt
    if (carried) this.#carried -= n
    const end = now === this.#toldAt ? this.#toldEnd : now + this.ms
    if (now > this.#surely) {
      this.#late += n
      this.#lateUntil = Math.max(this.#lateUntil, end)
    } else {
      this.#early += n
      this.#earlyUntil = Math.max(this.#earlyUntil, end)
    }
    // An answer to a token of an earlier epoch says nothing of this one, unless this one consists of such tokens only.
    if (this.#end === Infinity && (!carried || this.#carried === 0)) this.#end = end
  }

  /** The server counted `used`; `elapsed` is how old its statement may be, in ms. */
  told(
    now: number,
    used: number | undefined,
    resetIn: number | undefined,
    slack: number,
    takenAt: number,
    elapsed: number,
  ): void {
    const older = takenAt < this.#openedAt
    if (resetIn === undefined) {
      if (older) return
    } else {
      // An answer to an earlier epoch's token may speak of the window that has just ended.
      if (!this.#lengthIsTold) this.ms = Math.max(this.ms, resetIn)
      const end = now + Math.min(resetIn, this.ms)
      const surely = now + resetIn - slack - elapsed
      this.#toldEnd = end
      this.#toldAt = now
      if (older && surely <= now) return
      if (!this.#resetIsTold || this.#surely === -Infinity || surely > this.#end) {
        // The first to tell it, or the server has moved the end on.
        this.#surely = surely
        this.#end = this.#resetIsTold && surely > this.#end ? end : Math.min(this.#end, end)
      } else {
        // Answers may speak of two windows of the server: both bounds are those of the earlier one.
        if (end < this.#surely) {
          this.#late += this.#early
          this.#lateUntil = Math.max(this.#lateUntil, this.#earlyUntil)
          this.#early = 0
        }
        this.#surely = Math.min(this.#surely, surely)
        this.#end = Math.min(this.#end, end)
      }
      this.#resetIsTold = true
    }
    if (used !== undefined && used > this.used) this.used = used
  }

  /** ms until the end, if an answer told it. */
  resetIn(now: number): number | undefined {
    const end = Math.max(this.#end, this.#floor)
    return end === Infinity ? undefined : Math.max(0, end - now)
  }

  /** True when forgetting it loses no count. */
  idle(now: number): boolean {
    return this.used === 0 || now >= Math.max(this.#end, this.#floor) + this.ms
  }
}
