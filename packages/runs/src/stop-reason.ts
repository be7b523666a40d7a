/**
 * Why a run stops before its end. The engine's own kinds are `deadline`, and with an `error` each: `input`, `output`, `store`, `abort` (the `signal`), `callback`
 * (`onOutcome` or `onStop` threw) and `internal`. What a callback answers may have any other.
 */
export interface StopReason {
  readonly kind: string
  /** True aborts what is in flight; otherwise it may end. */
  readonly now?: boolean
  readonly error?: unknown
}
