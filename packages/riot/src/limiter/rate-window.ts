import { SlidingWindow } from '@sluice/http/internal'
import type { Latency } from './latency.ts'

/** What is noted of a token when it is taken from a scope. */
export interface Mark {
  /** Tokens of the scope are numbered, from 1. */
  readonly serial: number
  /** How many had been answered by then: all these arrived before it. */
  readonly spent: number
  /** How many were out by then: these may arrive before or after it. */
  readonly out: number
  readonly takenAt: number
}

/** The tokens of a scope. */
export interface TokenCounts {
  /** Number of the last token. */
  readonly serial: number
  /** Tokens taken, without those that were given back. */
  readonly taken: number
  /** Tokens answered or failed. */
  readonly spent: number
}

/** A window as it is saved; moments are wall-clock times in ms since 1970. */
export interface WindowRecord {
  readonly limit: number
  readonly ms: number
  readonly used: number
  readonly start?: number | undefined
  readonly slides: boolean
  /** Evidence that the server's windows end all at once. */
  readonly odds: number
}

/** The server's windows are taken to end all at once when the counts say so this much more likely than that they slide. */
const PROOF = 200
const MOST_PROOF = 1e6
/**
 * While there is no proof, others are sent so many ms after the answer that began the epoch: when a witness is sent the first ones are no
 * longer counted even if the windows slide, and the others must be, whatever the resolution of the server's clock.
 */
const LAG = 20
/** A witness that is sent later than this is none: everything may have slid out of the window by then. */
const LATEST = 15

/**
 * One window of one scope: at most `limit` requests in `ms`. Nobody says how the server counts, so two accounts are kept, and a
 * request may go when either has room:
 *
 * - the log holds each request from when it is taken until `ms` after it was answered: true for any kind of server, at a price;
 * - `used` is what the server can have counted at most: the count of a response, and whatever may have arrived after it. Where windows end all
 *   at once it falls to nothing as soon as the window is over, which is known: it began no later than the first answer came.
 *
 * Whether they end all at once is not believed until it was seen: at first a single request, the witness, is sent when the window should
 * be over. Its count tells. When a server turns out to slide after all only the log counts, until witnesses say otherwise.
 */
export class RateWindow {
  readonly ms: number
  /** The server no longer names it, or named another limit since. */
  active = true
  slides: boolean
  #limit: number
  readonly #log: SlidingWindow
  readonly #latency: Latency
  /** At most so many has the server counted, and will count once all that is out has arrived. */
  #used = 0
  #odds = 1
  #proof = PROOF

  /** The epoch: the server's present window, as far as one knows. It began no later than this. */
  #start: number | undefined = undefined
  /** It may have begun later than that: no answer has told yet. */
  #guessed = false
  /** It goes on at least until then, if its first request opened it. */
  #surely = -Infinity
  /** Tokens up to this number were taken before it. */
  #openSerial = 0
  /** So many had been answered before it, or were answered since and belong to an earlier one. */
  #openSpent = 0
  /** Tokens of earlier epochs that are out and charged to this one, too. */
  #carried = 0
  /** Tokens answered when the server's window may have been over: the next epoch is charged with them, too. */
  #late = 0
  /** Requests of others. */
  #foreign = 0
  /** A token that was taken when fewer than this had been answered knows nothing of the latest requests of others. */
  #foreignSpent = 0
  /** Answers with counts, and the highest count: more answers than counts means that counting began anew. */
  #answers = 0
  #highest = 0

  /** It is taken to slide, but does not look like it: the others wait for the witness, so that its answer is a proof. */
  #doubtful = false
  /** So many times in a row it did not look like it, and so many times it takes. */
  #doubts = 0
  #patience = 1
  /** Nothing more before, for the sake of a witness. */
  #hold = -Infinity

  /** The token whose answer will tell whether the window has ended; 0: none is out. */
  #witness = 0
  #wantWitness = false
  #lastTaken = -Infinity
  /** How many were taken so long after the epoch began that a sliding window still counts them when the witness comes. */
  #after = 0
  #expected = 0

  /** The epoch was begun by the clock, not by an answer. */
  #rolled = false

  /**
   * @param out tokens that are out already: they are charged.
   * @param since none of them was taken before.
   */
  constructor(limit: number, ms: number, latency: Latency, out: number, since: number, record?: WindowRecord) {
    this.#limit = limit
    this.ms = ms
    this.#latency = latency
    this.#log = new SlidingWindow(`${ms}ms`, limit, ms, 'answered', out)
    this.#used = out
    this.#surely = since + ms
    this.slides = record?.slides ?? false
    this.#odds = record?.odds ?? 1
  }

  get limit(): number {
    return this.#limit
  }

  set limit(limit: number) {
    this.#limit = this.#log.limit = limit
  }

  /** The least that the server has counted for sure to have room for: what both accounts agree on. */
  get used(): number {
    return Math.min(this.#used, this.#log.used)
  }

  /** When the epoch is over; Infinity while no answer has told. A request sent then arrives in the next one. */
  get #end(): number {
    return this.#start === undefined ? Infinity : this.#start + this.ms - this.#latency.floor
  }

  get #trusted(): boolean {
    return !this.slides && this.#odds >= this.#proof
  }

  /**
   * ms until one more may be sent; Infinity when an answer must come first.
   *
   * @param reserve the share of the limit, 0 to 1, that is left to others until the last tenth of the window.
   */
  wait(now: number, scope: TokenCounts, reserve: number): number {
    const logWait = this.#log.wait(now, 1)
    this.#roll(now, scope)
    const { used } = this
    if (used >= this.#limit && this.#start === undefined && scope.taken === scope.spent) {
      // Nothing is left to tell: the window began by now, if it began at all.
      this.#begin(now)
      this.#guessed = true
    }
    let fixedWait = this.#end - now
    if (this.#doubtful && this.#witness !== 0) return Infinity
    if (used < this.#limit) {
      if (now < this.#hold) return this.#hold - now
      if (reserve === 0) return 0
      const kept = Math.floor(this.#limit * reserve)
      if (used < this.#limit - kept || this.#limit <= kept) return 0
      fixedWait -= this.ms / 10
      return fixedWait <= 0 ? 0 : fixedWait
    }
    if (this.slides) return logWait
    if (fixedWait > 0) return Math.min(logWait, fixedWait)
    // One that was sent shortly before and is out may arrive later: it is as good a witness.
    const out = scope.taken - scope.spent
    const close = out > 0 && this.#lastTaken > this.#end - this.#latency.longest
    return this.#witness === 0 && !close ? 0 : logWait
  }

  take(now: number, { serial }: Mark): void {
    if (this.#witness === 0 && (this.#wantWitness || now >= this.#end)) {
      this.#expected = now <= this.#end + LATEST ? this.#after : 0
      this.#wantWitness = false
      this.#witness = serial
    }
    if (this.#used === 0) this.#surely = now + this.ms
    if (this.#isAfter(now)) this.#after++
    this.#lastTaken = now
    this.#used++
    this.#log.take(1)
  }

  /** A token was never sent. */
  refund({ serial, takenAt }: Mark): void {
    this.#log.refund(1)
    if (this.#isAfter(takenAt) && this.#after > 0) this.#after--
    if (this.#used > 0) this.#used--
    if (serial <= this.#openSerial && this.#carried > 0) this.#carried--
    if (serial === this.#witness) this.#witness = 0
  }

  /** A token's answer came, or never will; `count` is what the server says to have counted, if it does. */
  settle(now: number, mark: Mark, scope: TokenCounts, count: number | undefined, refused: boolean): void {
    this.#log.answered(now - this.#latency.floor, 1)
    const old = mark.serial <= this.#openSerial
    const witness = mark.serial === this.#witness
    if (witness) this.#witness = 0
    if (old) {
      this.#openSpent++
      if (this.#carried > 0) {
        this.#carried--
        // More than this epoch can hold: it was counted in the one before.
        if (count !== undefined && count > this.#used && !refused) this.#used--
      }
      return
    }
    if (now > this.#surely && this.#trusted) this.#late++
    if (count === undefined) {
      if (this.#isAfter(mark.takenAt) && this.#after > 0) this.#after--
      if (witness) this.#wantWitness = true
      return
    }
    const later = scope.taken - mark.spent - 1
    if (witness) this.#judge(now, mark, count, later, refused)
    else if (refused && count > this.#used && count > this.#limit) this.#contradict()
    const fresh = mark.spent >= this.#foreignSpent
    if (count > this.#used) {
      this.#foreign += count - this.#used
      this.#used = count
      this.#foreignSpent = scope.spent
    } else if (fresh && count + later < this.#used) {
      this.#used = count + later
    }
    if (count > this.#log.used) this.#log.add(now - this.#latency.floor, count - this.#log.used)
    if (fresh && count <= mark.spent - this.#openSpent) {
      // Fewer than we know to have arrived before it: counting has begun anew, some time before it arrived.
      this.#open(now, mark, mark.takenAt - this.#latency.longest + this.ms)
      this.#answers = 1
      this.#highest = count
      return
    }
    if (this.#start === undefined || this.#guessed) this.#begin(now)
    this.#answers++
    if (count > this.#highest) this.#highest = count
    if (this.#answers > this.#highest) {
      this.#begin(now)
      this.#answers = this.#highest = 0
      this.#surely = now - 2 * this.#latency.longest + this.ms
    }
  }

  /** The server has refused a request because of this window, and says when it has room again. */
  roomIn(now: number, ms: number): void {
    const start = now + ms - this.ms
    if (this.#start !== undefined && start >= this.#start) return
    this.#start = start
    this.#after = 0
  }

  /** ms until the window is over, if that is known. */
  resetIn(now: number): number | undefined {
    const rest = this.slides
      ? this.#log.resetIn(now)
      : this.#start === undefined
        ? undefined
        : this.#start + this.ms - now
    return rest === undefined ? undefined : Math.max(0, rest)
  }

  /** True when nothing of what was sent counts any more. */
  idle(now: number): boolean {
    return this.#log.idle(now)
  }

  /** @param toWall what to add to a moment of the clock to have a time since 1970. */
  record(toWall: number): WindowRecord {
    const start = this.#start === undefined ? {} : { start: this.#start + toWall }
    return { limit: this.#limit, ms: this.ms, used: this.#used, slides: this.slides, odds: this.#odds, ...start }
  }

  /** Takes up what an earlier life had counted until `savedAt`; nothing of it when its window is over since. */
  restore(now: number, { used, start }: WindowRecord, savedAt: number, toWall: number): void {
    const begun = Math.min(now, start === undefined ? savedAt : start - toWall)
    if (used === 0 || (this.slides ? savedAt : begun) + this.ms <= now) return
    this.#used += used
    this.#log.add(savedAt, used)
    this.#start = begun
    // One answer of a new life is no proof: nobody knows when the others were sent.
    this.#after = 0
  }

  #roll(now: number, scope: TokenCounts): void {
    if (!this.#trusted || now < this.#end) return
    const out = scope.taken - scope.spent
    const carried = out + this.#late
    this.#wantWitness = true
    this.#witness = 0
    this.#used = carried
    this.#carried = out
    this.#late = 0
    this.#openSerial = scope.serial
    this.#openSpent = scope.spent
    this.#start = undefined
    this.#surely += this.ms
    this.#foreign = this.#foreignSpent = 0
    this.#answers = this.#highest = 0
    this.#rolled = true
  }

  /** The answer of the first token that was taken when the window should have been over. */
  #judge(now: number, mark: Mark, count: number, later: number, refused: boolean): void {
    if (refused || count > 1 + later + this.#late + this.#foreign) {
      this.#contradict()
      // Ask again when that much time has passed once more.
      this.#begin(now)
      return
    }
    if (this.#rolled) return
    // If it slid, any number up to the expected one would be as likely.
    const ratio = (this.#expected + 1) / count
    if (ratio >= 4) this.#odds = Math.min(MOST_PROOF, this.#odds * ratio)
    if (this.slides) {
      if (this.#odds >= this.#proof) this.slides = this.#doubtful = false
      else if (this.#log.used - later >= 4 * count) this.#doubtful ||= ++this.#doubts >= this.#patience
    }
    this.#open(now, mark, mark.takenAt - (mark.out > 0 ? this.#latency.longest : 0) + this.ms)
    if (count + later < this.#used) this.#used = count + later
  }

  /** It did not end when it should have: others use the budget, or it slides. */
  #contradict(): void {
    if (this.#trusted) this.#proof = Math.min(MOST_PROOF, this.#proof * 8)
    this.#latency.distrust()
    if (this.#doubtful) this.#patience = Math.min(64, this.#patience * 2)
    this.#doubtful = false
    this.#doubts = 0
    this.slides = true
    this.#odds = 1
  }

  #begin(now: number): void {
    this.#start = now
    this.#guessed = false
    this.#after = 0
    if (this.slides ? this.#doubtful : !this.#trusted) this.#hold = now + LAG
  }

  /** True for what is taken late enough after the epoch began. */
  #isAfter(takenAt: number): boolean {
    return this.#start !== undefined && takenAt >= this.#start + LAG
  }

  /** Begins an epoch of which `mark` is the first that is known. */
  #open(now: number, mark: Mark, surely: number): void {
    this.#openSerial = mark.serial - 1
    this.#openSpent = mark.spent
    this.#carried = 0
    this.#begin(now)
    this.#surely = surely
    this.#late = 0
    this.#foreign = 0
    this.#answers = this.#highest = 0
    this.#rolled = false
  }
}
