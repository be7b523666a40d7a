import { systemClock, type Clock } from './clock.ts'
import type { EventListener, SluiceEvent } from './events.ts'

interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}
interface TracingChannel {
  readonly hasSubscribers: boolean
  tracePromise<T>(fn: () => T, message: object): T
}

const diagnostics = (
  globalThis as {
    process?: {
      getBuiltinModule?(id: string): { channel(name: string): Channel; tracingChannel(name: string): TracingChannel }
    }
  }
).process?.getBuiltinModule?.('node:diagnostics_channel')

/** In Node: every {@link SluiceEvent} is published on `diagnostics_channel` `sluice:event` while somebody subscribes. */
const eventChannel: Channel | undefined = diagnostics?.channel('sluice:event')

/** In Node: each attempt of a task runs inside `tracingChannel('sluice:task')`, so that a tracer can bind its context to it. */
export const taskChannel: TracingChannel | undefined = diagnostics?.tracingChannel('sluice:task')

/** An event as its place of origin knows it; `time` and `source` are added on the way out. */
export type EventFacts = SluiceEvent extends infer E
  ? E extends SluiceEvent
    ? Omit<E, 'time' | 'source'>
    : never
  : never

/** The same for an event of a task, which is told apart. */
type TaskFacts = EventFacts extends infer E
  ? E extends { index: number; name: string | undefined }
    ? Omit<E, 'index' | 'name'>
    : never
  : never

/** Tells an event, of a task if one is given. */
export interface Emit {
  (facts: EventFacts): void
  (facts: TaskFacts, task: { readonly index: number; readonly name: string | undefined }): void
}

/** The way out for events of one source, or undefined when nobody listens: then nothing is even composed. */
export function emitter(
  onEvent: EventListener | undefined,
  name: string | undefined,
  clock: Clock = systemClock,
): Emit | undefined {
  const published = eventChannel?.hasSubscribers
  if (!onEvent && !published) return undefined
  return (facts: EventFacts | TaskFacts, task?: { readonly index: number; readonly name: string | undefined }) => {
    const subject = task && { index: task.index, name: task.name }
    const event = { ...facts, ...subject, time: clock.now(), source: name } as SluiceEvent
    try {
      onEvent?.(event)
    } catch (error) {
      console.warn(`sluice: the onEvent listener threw at a ${event.type} event; the work goes on`, error)
    }
    if (published) eventChannel.publish(event)
  }
}
