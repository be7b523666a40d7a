// One executor for all promises that somebody else settles: a closure per promise would cost more than the promise.

let resolve: (value: never) => void
let reject: (reason: unknown) => void

/** The executor: `new Promise(capture)`, and then at once {@link lastReject} and {@link lastResolve}, in this order. */
export const capture = (resolvePromise: (value: never) => void, rejectPromise: (reason: unknown) => void): void => {
  resolve = resolvePromise
  reject = rejectPromise
}

/** How to reject the promise that was just made. */
export const lastReject = (): ((reason: unknown) => void) => reject

/** How to resolve the promise that was just made. */
export const lastResolve = <T>(): ((value: T | PromiseLike<T>) => void) => {
  const last = resolve as (value: unknown) => void
  // What stayed here would keep the promise alive, and with it its value.
  resolve = reject = ignore
  return last
}

/** A reaction that does nothing. */
export function ignore(): void {}
