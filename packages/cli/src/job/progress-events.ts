import type { EventListener } from '@sluice/core'
import type { Unsent } from '../riot/unsent.ts'

/** Hands the events of a run on to the progress, with the waiting of a call told as such and not as its run. */
export function progressEvents(onEvent: EventListener, unsent: Unsent | undefined): EventListener {
  if (unsent === undefined) return onEvent
  unsent.watch()
  const waits = new Map<number, number>()
  return (event) => {
    if (event.type === 'attempt') {
      const wait = unsent.takeWait(event.name ?? '')
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
