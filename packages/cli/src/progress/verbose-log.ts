import type { SluiceEvent } from '@sluice/core'
import { messageOf } from '../errors.ts'
import { isNotStarted } from '../fetch/not-started.ts'
import { formatDuration } from './format.ts'

/**
 * What is said of an event with `-v` (each failure) and `-vv` (each attempt); undefined if nothing.
 *
 * @param verbosity how often `-v` was given.
 */
export function verboseLine(event: SluiceEvent, verbosity: number): string | undefined {
  if (verbosity >= 2 && event.type === 'attempt') {
    const { name, attempt, ms, ok, error } = event
    if (isNotStarted(error)) return undefined
    return `${name} try ${attempt}: ${ok ? 'ok' : messageOf(error)} in ${formatDuration(ms)}`
  }
  if (verbosity >= 1 && event.type === 'settled' && event.status === 'rejected') {
    const { name, attempts, error } = event
    if (isNotStarted(error)) return undefined
    return `failed ${name}: ${messageOf(error)}${attempts > 1 ? ` (${attempts} attempts)` : ''}`
  }
  return undefined
}
