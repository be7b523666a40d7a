import { VirtualClock } from '../src/virtual-clock.ts'

/** One turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** Tasks that end when they are told to. */
export function gates(): {
  /** `open[id]()` ends the task, `open[id](error)` lets it fail. */
  open: ((error?: unknown) => void)[]
  /** The ids of the tasks that have begun. */
  started: number[]
  task: (id: number) => () => Promise<number>
} {
  const open: ((error?: unknown) => void)[] = []
  const started: number[] = []
  const task = (id: number) => () =>
    new Promise<number>((resolve, reject) => {
      started.push(id)
      open[id] = (error) => (error === undefined ? resolve(id) : reject(error))
    })
  return { open, started, task }
}

/** `end` is 'pending', or how the promise ended. */
export function watch(promise: Promise<unknown>): { end: unknown } {
  const state = { end: 'pending' as unknown }
  promise.then(
    (value) => (state.end = { value }),
    (error: unknown) => (state.end = { error }),
  )
  return state
}

/** A clock, and what sleeps and fails on it. */
export function virtualTime(): {
  clock: VirtualClock
  sleep: (ms: number) => Promise<void>
  fail: (ms: number, error?: unknown) => Promise<never>
} {
  const clock = new VirtualClock()
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
  const fail = async (ms: number, error: unknown = new Error(`failed after ${ms}`)) => {
    await sleep(ms)
    throw error
  }
  return { clock, sleep, fail }
}
