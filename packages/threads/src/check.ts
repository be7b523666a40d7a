// Wrong options are refused at once, and each message names the option, the value and what is allowed.

import { MAX_TIMER_MS } from '@sluice/core'

/** Refuses what is not a duration in ms that a timer can hold. */
export function checkMs(option: string, value: unknown): asserts value is number {
  const allowed = 'milliseconds from 0 to 2147483647 (24.8 days, the longest a timer can hold)'
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${option} must be ${allowed}, not ${show(value)}`)
  if (value < 0 || value > MAX_TIMER_MS) throw new RangeError(`${option} must be ${allowed}, not ${value}`)
}

/** Renders a value for an error message: short, and never a dump of somebody's data. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'}`
  if (isThenable(value)) return 'a promise'
  if (typeof value === 'object' && value !== null) return `an object (${value.constructor?.name ?? 'no prototype'})`
  return String(value)
}

/** True for anything with a `then` method. */
export function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
