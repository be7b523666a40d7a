import { LatencyBaseline, LatencyWindow } from './latency-baseline.ts'

/** What an `AdaptiveLimit` listens to. */
export type AdaptiveSignal = 'loss' | 'loss+latency' | 'throughput'

/**
 * Why an `AdaptiveLimit` is what it is. `slow start`: doubled, since nothing speaks against it yet. `increase`: a little more, since it was used up
 * and nothing speaks against it. `latency`: answers got slower, so there is a queue on the other side. `throughput`: more at once brought no more done.
 * `loss`: refusals. `probe`: a little less for a moment, to see how fast the server is without our queue. `new baseline`:
 * less did not make it faster, so the server itself has become slower. `pause`, `resume`, `set`: by hand.
 */
export type AdaptiveReason =
  | 'start'
  | 'slow start'
  | 'increase'
  | 'latency'
  | 'throughput'
  | 'loss'
  | 'probe'
  | 'probe done'
  | 'new baseline'
  | 'pause'
  | 'resume'
  | 'set'

/** A window lasts so many ms, one round trip, and so many answers, whatever is longest. */
export const WINDOW_MS = 100
const WINDOW_ANSWERS = 10
/** Where answers scatter, a window is prolonged up to so many before a doubt counts as good news. */
const MOST_ANSWERS = 100
/** Twice as much at once that takes half as much longer again, or more: the end of the doubling. */
const KNEE = Math.LN2 / 2
const LATENCY_FACTOR = 0.9
export const LOSS_FACTOR = 0.7
/** A look in passing at the server with less of us, and one that settles a question: even a queue that others share in shows then. */
const PROBE_FACTOR = 0.7
const DEEP_FACTOR = 0.25
/** After so many decreases for latency, down to so much of where they began, a deep probe shows whether it is our queue at all. */
const TEST_DECREASES = 5
const TEST_FACTOR = 0.65
/** A baseline that moves by so much, as a logarithm, is looked at again soon. */
const NEWS = 0.05
/** After so many increases in a row the steps get longer. */
const PATIENCE = 10
/** Windows between probes: at first the small number, then up to the large one as long as nothing new is found. */
const PROBE_SOON = 4
const PROBE_LATE = 32
/** One refusal in so many answers is forgiven, and two at once: a server may have a bad moment without being overloaded. */
const FORGIVE = 20

/**
 * How much slower, as a logarithm, is still no sign of a queue: about three answers that wait, in proportion to the limit. So who has the larger share of a
 * server gives way first, which is what makes clients fair to each other (as in TCP Vegas). Between bounds: a limit of few moves in large
 * steps, and of one that is large three more cannot be seen.
 */
function deadBand(limit: number): number {
  return Math.min(0.17, Math.max(3 / limit, 0.6 / Math.sqrt(limit)))
}

/**
 * The rules by which an adaptive limit moves, without permits, timers and events: outcomes in, limit out.
 *
 * Up: doubled per window until the first sign that it is too much, then by small steps, and only if the limit was used up. Down: by a tenth when a queue
 * shows in the latency, by three tenths at refusals, once per window, and only by what was sent since the last decrease.
 */
export class AdaptiveController {
  /** The limit, as the rules see it. */
  target: number
  /** Grows with each decrease; what was sent in an earlier epoch says nothing about the limit of now. */
  epoch = 0
  /** Somebody used the limit up in this window. */
  reached = false
  readonly baseline: LatencyBaseline = new LatencyBaseline()
  /** Milliseconds of an answer, and answers per ms, in the last window. */
  rtt: number | undefined = undefined
  throughput: number | undefined = undefined

  readonly #signal: AdaptiveSignal
  readonly #min: number
  readonly #max: number
  readonly #random: () => number
  /** Below this it doubles. */
  #threshold = Infinity

  #decreasedAt = -Infinity
  // Since the last decrease:
  #answers = WINDOW_ANSWERS
  #successes = 0
  #refused = false
  /** How many refusals are forgiven now. */
  #mercy = 0

  /** What is being measured, from `#start`, which is one round trip after the last change. */
  #window = new LatencyWindow()
  #start = -Infinity
  /** Increases in a row. */
  #streak = 0
  /** Where the decreases for latency began. */
  #fall: { target: number; count: number } | undefined
  /** The last window of the doubling: if twice as much is not slower, there was no queue in it. */
  #halfLoad: LatencyWindow | undefined
  /** What part of the limit is used while a probe lasts. */
  #probing: number | undefined
  #probeEvery = PROBE_SOON
  #untilProbe = PROBE_SOON
  /** The last smaller limit and what it brought, for the signal 'throughput'. */
  #reference: { target: number; throughput: number } | undefined

  constructor(signal: AdaptiveSignal, initial: number, min: number, max: number, random: () => number) {
    this.#signal = signal
    this.target = initial
    this.#min = min
    this.#max = max
    this.#random = random
  }

  /** How many may be in flight. */
  get limit(): number {
    return Math.max(1, Math.floor(this.target * (this.#probing ?? 1)))
  }

  /** An answer, `ms` after it was sent in `epoch`. Tells why the limit has changed, if it has. */
  observe(success: boolean, ms: number, epoch: number, now: number): AdaptiveReason | undefined {
    if (epoch !== this.epoch) return undefined
    this.#answers++
    if (success) {
      this.#successes++
      this.#mercy = Math.min(2, this.#mercy + 1 / FORGIVE)
    } else if (this.#mercy >= 1) this.#mercy--
    else this.#refused = true
    if (this.#refused) {
      const over = this.#answers >= WINDOW_ANSWERS && now - this.#decreasedAt >= this.#atLeast()
      return over ? this.refuse(now, LOSS_FACTOR) : undefined
    }
    if (!success || now < this.#start) return undefined
    const window = this.#window
    window.add(ms)
    if (window.count < WINDOW_ANSWERS || now - this.#start < Math.max(WINDOW_MS, Math.exp(window.mean)))
      return undefined
    return this.#decide(window, now)
  }

  /** Sets the limit by hand: small steps from there. */
  set(target: number, now: number): void {
    this.#threshold = target
    this.#move(target, now)
  }

  /** Less, because of refusals. */
  refuse(now: number, factor: number): 'loss' {
    const target = this.target * factor
    // In an outage, where hardly anything succeeds between two decreases, we remember what was possible before it.
    if (2 * this.#successes >= this.#answers) this.#threshold = target
    this.#fall = this.#reference = undefined
    this.#decrease(target, now)
    return 'loss'
  }

  #decide(window: LatencyWindow, now: number): AdaptiveReason | undefined {
    const known = this.rtt !== undefined
    this.rtt = Math.exp(window.mean)
    // Of what was sent at first, only the fast answers are here yet.
    if (!known) return this.#measure(now)
    this.throughput = window.count / (now - this.#start)
    const slowStart = this.target < this.#threshold
    if (this.#signal === 'throughput') return this.#climb(window, slowStart, now)
    if (this.#signal === 'loss') return this.reached ? this.#increase(slowStart, now) : this.#measure(now)

    const { baseline } = this
    const band = deadBand(this.target)
    const tolerance = baseline.tolerance(window, band)
    const excess = window.mean - (baseline.mean ?? window.mean)
    const queued = this.reached && this.#probing === undefined && excess > (slowStart ? KNEE : tolerance)
    // In doubt, look longer.
    const doubtful = !queued && tolerance > (slowStart ? KNEE : band)
    if (doubtful && window.count < MOST_ANSWERS && now - this.#start < 4 * this.rtt) return undefined
    baseline.note(window)
    this.#untilProbe--
    if (queued) return this.#queueSeen(excess, slowStart, now)
    if (this.#probing !== undefined) return this.#probed(window, excess, tolerance, now)
    if (!this.reached) {
      // Nobody queues because of us: a free look at the server.
      baseline.learn(window)
      return this.#measure(now)
    }
    if (this.#fall !== undefined && this.target > LATENCY_FACTOR * this.#fall.target) this.#fall = undefined
    if (baseline.mean === undefined) baseline.reset(window)
    else if (slowStart) {
      if (this.#halfLoad !== undefined) baseline.learn(this.#halfLoad)
      this.#halfLoad = window
    }
    return slowStart || this.#untilProbe > 0 || this.limit === 1
      ? this.#increase(slowStart, now)
      : this.#probe(now, PROBE_FACTOR)
  }

  #increase(slowStart: boolean, now: number): AdaptiveReason | undefined {
    const { target } = this
    this.#streak++
    // Far from the last sign of trouble the steps get longer.
    const step = Math.max(1, Math.sqrt(target) / 4) * 1.25 ** Math.max(0, this.#streak - PATIENCE)
    this.#move(slowStart ? Math.min(2 * target, this.#threshold) : target + Math.min(target, step), now)
    if (this.target === target) return undefined
    return slowStart ? 'slow start' : 'increase'
  }

  #queueSeen(excess: number, slowStart: boolean, now: number): AdaptiveReason {
    const { target } = this
    const fall = (this.#fall ??= { target, count: 0 })
    fall.count++
    // At the end of the doubling Little's law says where the knee was.
    const next = target * (slowStart ? Math.min(LATENCY_FACTOR, Math.max(0.5, Math.exp(-excess))) : LATENCY_FACTOR)
    this.#threshold = next
    this.#decrease(next, now)
    // So much less, and still too slow? Then look whether that is our queue at all.
    const futile =
      fall.count >= TEST_DECREASES && (this.target <= TEST_FACTOR * fall.target || this.target <= this.#min)
    return futile ? this.#probe(now, DEEP_FACTOR) : 'latency'
  }

  #probe(now: number, factor: number): 'probe' {
    this.#probing = factor
    return this.#measure(now, 'probe')
  }

  #probed(window: LatencyWindow, excess: number, tolerance: number, now: number): AdaptiveReason {
    const { baseline } = this
    const before = baseline.mean!
    const deep = this.#probing === DEEP_FACTOR
    const slower = deep && excess > tolerance
    if (slower || excess < -tolerance) baseline.reset(window)
    else baseline.learn(window, deep ? 0.5 : 0.1, tolerance)
    // The server itself has become slower: what was possible before is possible still.
    if (slower) this.#threshold = this.#fall!.target
    this.#fall = this.#probing = this.#halfLoad = undefined
    this.#probeEvery =
      Math.abs(baseline.mean! - before) > NEWS ? PROBE_SOON : Math.min(PROBE_LATE, 2 * this.#probeEvery)
    this.#untilProbe = this.#probeEvery * (0.75 + this.#random() / 2)
    return this.#measure(now, slower ? 'new baseline' : 'probe done')
  }

  /** More at once must bring more done, at least half of what it would without a queue. */
  #climb(window: LatencyWindow, slowStart: boolean, now: number): AdaptiveReason | undefined {
    if (!this.reached) return this.#measure(now)
    if (window.count < Math.min(2 * MOST_ANSWERS, 3 * this.target)) return undefined
    const { target, throughput } = this
    const reference = this.#reference
    if (reference !== undefined && throughput! < reference.throughput * Math.sqrt(target / reference.target)) {
      this.#reference = undefined
      this.#threshold = LATENCY_FACTOR * reference.target
      this.#decrease(this.#threshold, now)
      return 'throughput'
    }
    this.#reference = { target, throughput: throughput! }
    this.#move(slowStart ? Math.min(2 * target, this.#threshold) : target + Math.max(1, 0.15 * target), now)
    return this.target === target ? undefined : slowStart ? 'slow start' : 'increase'
  }

  #decrease(target: number, now: number): void {
    this.epoch++
    this.#decreasedAt = now
    this.#answers = this.#successes = this.#streak = 0
    this.#refused = false
    this.#probing = this.#halfLoad = undefined
    this.#move(target, now)
  }

  #move(target: number, now: number): void {
    this.target = Math.min(this.#max, Math.max(this.#min, target))
    this.#measure(now)
  }

  /** Begins a window, once what was sent under the old limit is through. */
  #measure<R extends AdaptiveReason | undefined = undefined>(now: number, reason?: R): R {
    this.#window = new LatencyWindow()
    this.#start = now + (this.rtt ?? 0)
    this.reached = false
    return reason as R
  }

  #atLeast(): number {
    return Math.max(WINDOW_MS, this.rtt ?? 0)
  }
}
