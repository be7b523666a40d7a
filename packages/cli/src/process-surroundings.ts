import { isatty } from 'node:tty'
import { hearKeys } from './keyboard.ts'
import type { Surroundings } from './surroundings.ts'
import { withoutEchoes } from './without-echoes.ts'

/** The process that we are. */
export function processSurroundings(): Surroundings {
  // A reader that has left is no reason to crash; whoever writes finds out by itself.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const hasKeys = isatty(0) && isatty(2)
  return {
    // Node opens it when it is first asked for, and then waits for its end.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    exit: (code) => process.exit(code),
    hasKeys,
    onCurious: (listener) => {
      process.on('SIGUSR1', listener)
      const keys = hasKeys ? hearKeys(process.stdin, (key) => key === 't' && listener()) : undefined
      return () => {
        process.off('SIGUSR1', listener)
        keys?.()
      }
    },
    onSignal: (listener) => {
      const heard = withoutEchoes((signal: NodeJS.Signals) => listener(signal as 'SIGINT' | 'SIGTERM'))
      process.on('SIGINT', heard).on('SIGTERM', heard)
      return () => void process.off('SIGINT', heard).off('SIGTERM', heard)
    },
  }
}
