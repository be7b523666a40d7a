/** Nobody presses a key twice in so short a time, in ms. */
const ECHO_MS = 25

/** Hears two signals that come closely together as one: a Ctrl-C is told by the terminal, and again by npm to what it runs. */
export function withoutEchoes<T>(
  listener: (signal: T) => void,
  now: () => number = () => performance.now(),
): (signal: T) => void {
  let last = -Infinity
  return (signal) => {
    const time = now()
    if (time - last < ECHO_MS) return
    last = time
    listener(signal)
  }
}
