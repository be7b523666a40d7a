import { MAX_TIMER_MS } from './clock.ts'

// Wrong options are refused at once, and each message names the option, the value and what is allowed.

/** Renders a value for an error message: short, and never a dump of somebody's data. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || !value) return String(value)
  if (isThenable(value)) return 'a promise'
  if (Array.isArray(value)) return `an array of ${value.length}`
  return `an object (${value.constructor?.name ?? 'no prototype'})`
}

/** What something that was thrown says of itself. Anything can be thrown, also what cannot be made a string. */
export function say(error: unknown): string {
  try {
    return String(error)
  } catch {
    return show(error)
  }
}

/** `queue "name"`, or `the queue` if it has none: what messages call a thing. */
export function label(kind: string, name: string | undefined, nameless = `the ${kind}`): string {
  return name === undefined ? nameless : `${kind} ${JSON.stringify(name)}`
}

/** True for anything with a `then` method. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/** Throws what all wrong options end with: the option, what is allowed, and the value. */
export function refuse(
  option: string,
  allowed: string,
  value: unknown,
  Refusal: new (message: string) => Error = TypeError,
): never {
  throw new Refusal(`${option} must be ${allowed}, not ${show(value)}`)
}

/** Refuses what is not a number in the given range: `TypeError` for another type or NaN, `RangeError` for a number out of range. */
export function checkNumber(
  option: string,
  value: unknown,
  min: number,
  max: number,
  allowed: string,
): asserts value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) refuse(option, allowed, value)
  if (value < min || value > max) refuse(option, allowed, value, RangeError)
}

/** Refuses what is not a whole number of at least `min`. Infinity is allowed, unless `max` is finite. */
export function checkCount(
  option: string,
  value: unknown,
  min: number = 1,
  max: number = Infinity,
): asserts value is number {
  const allowed = `a whole number of at least ${min}${max === Infinity ? ', or Infinity' : ''}`
  checkNumber(option, value, min, max, allowed)
  // Infinity % 1 is NaN.
  if (value % 1 > 0) refuse(option, allowed, value, RangeError)
}

/** Refuses what is none of the words `allowed`. */
export function checkWord(option: string, value: unknown, ...allowed: string[]): void {
  if (!allowed.includes(value as string)) refuse(option, `'${allowed.join("' or '")}'`, value)
}

/** Refuses what is no object; `allowed` says what it should be. */
export function checkObject(option: string, value: unknown, allowed: string): asserts value is object {
  if (typeof value !== 'object' || !value) refuse(option, allowed, value)
}

/** Refuses what is no options: a limit or a signal is one of them, and in their place it would limit and stop nothing, in silence. */
export function checkOptions(value: unknown, allowed: string): asserts value is object {
  if (typeof value !== 'object' || !value || 'tryAcquire' in value || 'aborted' in value)
    refuse('options', allowed, value)
}

/** Refuses what is no signal; `undefined` is none. */
export function checkSignal(value: unknown): asserts value is AbortSignal | undefined {
  if (value !== undefined && typeof (value as AbortSignal | null)?.addEventListener !== 'function')
    refuse('signal', 'an AbortSignal', value)
}

/** Refuses what is not a duration in ms that a timer can hold (2^31 - 1, about 24.8 days); `hint` says what to write for more. */
export function checkMs(option: string, value: unknown, hint: string = ''): asserts value is number {
  const allowed = `milliseconds from 0 to ${MAX_TIMER_MS} (24.8 days, the longest a timer can hold${hint})`
  checkNumber(option, value, 0, MAX_TIMER_MS, allowed)
}

/** The same, but for `undefined` and Infinity, which are no limit. */
export function checkLimitMs(option: string, value: unknown, hint?: string): asserts value is number | undefined {
  if (value !== undefined && value !== Infinity) checkMs(option, value, hint)
}

/** Refuses what is not a moment on a clock's time line; `undefined` and Infinity are never. */
export function checkMoment(option: string, at: unknown): asserts at is number | undefined {
  if (at !== undefined) checkNumber(option, at, -Infinity, Infinity, 'a moment of clock.now() in ms')
}

/** Refuses what is not a function; a promise gets an explanation, since it is the usual mistake. */
export function checkFunction(what: string, value: unknown): asserts value is (...args: never[]) => unknown {
  if (typeof value === 'function') return
  if (isThenable(value)) {
    throw new TypeError(
      `${what} must be a function, not a promise: a promise is already running and can be neither limited nor retried. Write () => work() instead of work()`,
    )
  }
  refuse(what, 'a function', value)
}
