/** True for an item that got its slot when the run was already draining, and was not begun: it counts nowhere. */
export function isNotStarted(error: unknown): boolean {
  // By its name, so that what only counts need not load the engine.
  return error instanceof Error && error.name === 'NotStartedError'
}
