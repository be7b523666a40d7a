/** An item got its slot when the run was already draining, and was not begun. It counts nowhere. */
export class NotStartedError extends Error {
  override readonly name: string = 'NotStartedError'
}
