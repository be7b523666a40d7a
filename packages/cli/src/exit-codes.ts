/** What the exit code of every command means. */
export const EXIT = {
  /** Every item is ok. */
  ok: 0,
  /** An unexpected error inside Sluice, or output that cannot be written. */
  internal: 1,
  /** Wrong usage, configuration or input: nothing was done, or the input ended in the middle. */
  usage: 2,
  /** Finished, and some items failed after their retries. */
  failed: 100,
  /** Stopped early by a policy: `--max-failures`, `--fail-fast`, `--deadline`. */
  stopped: 101,
  /** The server rejects the credentials: trying again does not help. */
  rejected: 102,
  /** The store of the run does not fit this job or this version, or another process writes it. */
  unfit: 103,
  /** Interrupted by SIGINT (Ctrl-C). */
  interrupted: 130,
  /** Interrupted by SIGTERM. */
  terminated: 143,
} as const

/** An exit code of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
