import type { Surroundings } from './surroundings.ts'

/** Two signals that come closer together are one Ctrl-C, told by the terminal and by npm. */
const ECHO_MS = 25

/** The process that we are. */
export function processSurroundings(): Surroundings {
  // A reader that has left is no reason to crash; whoever writes finds out by itself.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    // Node opens it when it is first asked for, and then waits for its end.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    exit: (code) => process.exit(code),
    onSignal: (listener) => {
      let last = -Infinity
      const onSignal = (signal: NodeJS.Signals): void => {
        const now = performance.now()
        if (now - last < ECHO_MS) return
        last = now
        listener(signal as 'SIGINT' | 'SIGTERM')
      }
      process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
      return () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    },
  }
}
