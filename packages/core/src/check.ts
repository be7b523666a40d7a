// Wrong options are refused at once, and each message names the option, the value and what is allowed.

/** Renders a value for an error message: short, and never a dump of somebody's data. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'object' && value !== null) {
    if (isThenable(value)) return 'a promise'
    return Array.isArray(value)
      ? `an array of ${value.length}`
      : `an object (${value.constructor?.name ?? 'no prototype'})`
  }
  return String(value)
}

/** True for anything with a `then` method. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/** Refuses what is not a number in the given range: `TypeError` for another type or NaN, `RangeError` for a number out of range. */
export function checkNumber(
  option: string,
  value: unknown,
  min: number,
  max: number,
  allowed: string,
): asserts value is number {
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${option} must be ${allowed}, not ${show(value)}`)
  if (value < min || value > max) throw new RangeError(`${option} must be ${allowed}, not ${value}`)
}

/** Refuses what is not a whole number of at least `min`; Infinity is allowed. */
export function checkCount(option: string, value: unknown, min = 1): asserts value is number {
  const allowed = `a whole number of at least ${min}, or Infinity`
  checkNumber(option, value, min, Infinity, allowed)
  if (value !== Infinity && !Number.isInteger(value)) throw new RangeError(`${option} must be ${allowed}, not ${value}`)
}

/** Refuses what is not a duration in ms that a timer can hold (2^31 - 1, about 24.8 days). */
export function checkMs(option: string, value: unknown): asserts value is number {
  checkNumber(
    option,
    value,
    0,
    2_147_483_647,
    'milliseconds from 0 to 2147483647 (24.8 days, the longest a timer can hold)',
  )
}

/** Refuses what is not a function; a promise gets an explanation, since it is the usual mistake. */
export function checkFunction(what: string, value: unknown): asserts value is (...args: never[]) => unknown {
  if (typeof value === 'function') return
  if (isThenable(value)) {
    throw new TypeError(
      `${what} must be a function, not a promise: a promise is already running and can be neither limited nor retried. Write () => work() instead of work()`,
    )
  }
  throw new TypeError(`${what} must be a function, not ${show(value)}`)
}
