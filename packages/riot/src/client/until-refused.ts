import { AuthError, NotFoundError } from '../errors.ts'

/** So many answers of 401 or 403 in a row are no accident. */
const REFUSALS = 10

/**
 * Sends nothing more once the key has been refused ten times with no good answer between: every further call fails with the last refusal.
 * Riot blacklists keys that go on, and an expired key refuses all the rest of a long list.
 */
export function untilRefused<Args extends unknown[], R>(
  send: (...args: Args) => Promise<R>,
): (...args: Args) => Promise<R> {
  let refusals = 0
  let last: AuthError | undefined
  return async (...args) => {
    if (refusals >= REFUSALS) throw last!
    try {
      const value = await send(...args)
      refusals = 0
      return value
    } catch (error) {
      if (error instanceof AuthError) {
        refusals++
        last = error
      } else if (error instanceof NotFoundError) refusals = 0
      throw error
    }
  }
}
