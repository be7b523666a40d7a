import { parseDuration } from '@sluice/core'
import { UsageError } from '../errors.ts'

/** A whole number. `also` says what else is allowed. @throws UsageError for another text. */
export function count(flag: string, text: string, min: number, also = ''): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || !Number.isSafeInteger(value)) {
    throw new UsageError(`${flag} ${text}: write a whole number of at least ${min}${also}`)
  }
  return value
}

/** The longest time a timer can hold. */
const LONGEST = 2_147_483_647

/** A time in ms that a timer can hold. @throws UsageError for another text. */
export function duration(flag: string, text: string): number {
  const ms = named(flag, text, parseDuration)
  if (ms === 0 || ms > LONGEST) throw new UsageError(`${flag} ${text}: write a time from 1ms to 24d`)
  return ms
}

/** What `parse` says about `text`. @throws UsageError with the name of the flag when it refuses. */
export function named<T>(flag: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (error) {
    throw new UsageError(`${flag} ${text}: ${(error as Error).message}`, { cause: error })
  }
}

/** One of some words. @throws UsageError for another one. */
export function word<T extends string>(flag: string, text: string, words: readonly T[]): T {
  const found = words.find((name) => name === text)
  if (found === undefined) throw new UsageError(`${flag} ${text}: write ${words.join(', ')}`)
  return found
}

/** A number above 0. @throws UsageError for another text. */
export function positive(flag: string, text: string): number {
  const value = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0 || !Number.isFinite(value)) {
    throw new UsageError(`${flag} ${text}: write a number above 0`)
  }
  return value
}
