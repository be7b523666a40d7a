import type { EventListener, SluiceEvent } from '@sluice/core'
import type { Unsent } from '../riot/unsent.ts'

/** Hands the events of a durable run on as those that the progress knows, with the waiting of a call told as such and not as its run. */
export function progressEvents(onEvent: EventListener, unsent: Unsent | undefined): EventListener {
  if (unsent === undefined) return (event) => onEvent(translated(event))
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
      onEvent(translated({ ...event, waited: waited + wait, ran: Math.max(0, ran - wait) }))
    } else onEvent(translated(event))
  }
}

function translated(event: SluiceEvent): SluiceEvent {
  switch (event.type) {
    case 'runAttempt':
      return { ...event, type: 'fetchAttempt' }
    case 'runTotal':
      return { ...event, type: 'fetchTotal' }
    case 'runBadItem':
      return { ...event, type: 'fetchBadEntry' }
    case 'runOutput':
      return { ...event, type: 'fetchOutput' }
    case 'runStop':
      return { ...event, type: 'fetchStop' }
    case 'settled':
      // Given back before it was begun: the next session does it.
      return (event.error as { name?: unknown } | undefined)?.name === 'NotStartedError'
        ? { ...event, status: 'cancelled' }
        : event
    default:
      return event
  }
}
