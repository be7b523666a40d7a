// Wrong options are refused at once, and each message names the option, the value and what is allowed.

/** Refuses what is not a number from `min` to `max`: TypeError for another type or NaN, RangeError for one out of range. */
export function checkNumber(option: string, value: unknown, min: number, max: number): asserts value is number {
  const allowed = max === Infinity ? `a number of at least ${min}` : `a number from ${min} to ${max}`
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${option} must be ${allowed}, not ${show(value)}`)
  if (value < min || value > max) throw new RangeError(`${option} must be ${allowed}, not ${value}`)
}

/** Refuses what is not a whole number from `min` to `max`. */
export function checkWhole(option: string, value: unknown, min: number, max: number): asserts value is number {
  checkNumber(option, value, min, max)
  if (!Number.isInteger(value)) throw new RangeError(`${option} must be a whole number, not ${value}`)
}

/** Refuses what is not one of the words. */
export function checkWord<T extends string>(option: string, value: unknown, words: readonly T[]): asserts value is T {
  if (!words.includes(value as T)) {
    const problem = `${option} must be one of ${words.join(', ')}, not ${show(value)}`
    throw typeof value === 'string' ? new RangeError(problem) : new TypeError(problem)
  }
}

/** Renders a value for an error message, short. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object'
  return String(value)
}
