import type { Readable, Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type OutputStream = Writable & { isTTY?: boolean; columns?: number; rows?: number }

/** What a command sees of the process it runs in. */
export interface Surroundings {
  readonly stdin: Readable & { isTTY?: boolean }
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Calls `listener` at each SIGINT and SIGTERM, in place of what Node does by itself. Returns what undoes it. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void
  /** True where keys are heard as they are pressed. */
  readonly hasKeys: boolean
  /** Calls `listener` when somebody wants to know more: at each SIGUSR1, and at each `t` on a terminal. Returns what undoes it. */
  onCurious(listener: () => void): () => void
  /** Ends the process at once. */
  exit(code: number): void
}
