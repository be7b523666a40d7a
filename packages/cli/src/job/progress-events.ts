import type { EventListener } from '@sluice/core'
import { isNotStarted } from '../fetch/not-started.ts'
import type { SendWatch } from './send-watch.ts'

/** Hands the events of a run on to the progress, with the waiting of a call told as such and not as its run. */
export function progressEvents(onEvent: EventListener, unsent: SendWatch | undefined): EventListener {
  if (unsent === undefined) return onEvent
  unsent.watch()
  const waits = new Map<number, number>()
  return (event) => {
    if (event.type === 'attempt') {
      const wait = unsent.takeWait(event.name ?? '')
      // What was taken back before it was sent says nothing of how long answers take.
      if (isNotStarted(event.error)) return
      waits.set(event.index, (waits.get(event.index) ?? 0) + wait)
      onEvent({ ...event, ms: Math.max(0, event.ms - wait) })
    } else if (event.type === 'settled') {
      const wait = waits.get(event.index) ?? 0
      waits.delete(event.index)
      const { waited, ran } = event
      onEvent({ ...event, waited: waited + wait, ran: Math.max(0, ran - wait) })
    } else onEvent(event)
  }
}
