/** Shows people where a run stands, on standard error. */
export interface ProgressDisplay {
  /** Shows a line of its own that stays. */
  say(line: string): void
  /** Makes room, since something else is about to be written to the same terminal. */
  clear(): void
  /** Shows the run for the last time, and restores the terminal. */
  stop(): void
}
