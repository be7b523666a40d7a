// `performance.now()` costs a third of an immediate task, and a task needs it twice. Tasks that wait for anything settle in another
// turn of the event loop than they started in, so one reading per turn serves them all. Where a turn's end cannot be seen
// (no setImmediate: browsers), or the clock is not the machine's, every reading is a real one.

declare const setImmediate: ((callback: () => void) => unknown) | undefined

let reading = 0
let fresh = false

const expire = (): void => {
  fresh = false
}

const schedule = typeof setImmediate === 'function' ? setImmediate : undefined

/** The time in ms, read at most once per turn of the event loop. */
export const turnNow: () => number =
  schedule === undefined
    ? () => performance.now()
    : () => {
        if (!fresh) {
          fresh = true
          reading = performance.now()
          // Not unref'd: a loop that may sleep in its poll phase would hand the next callback a reading from before the sleep.
          schedule(expire)
        }
        return reading
      }
