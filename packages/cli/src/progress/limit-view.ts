import type { RateWindow } from '@sluice/core'

/** How one limit stands, whoever keeps it. */
export interface LimitView {
  /** Whose it is: `euw1`, `europe match-v5.getMatch`. */
  readonly name: string
  readonly windows: readonly (RateWindow & { readonly used: number })[]
  /** ms until it lets the next through, 0 if it does. */
  readonly wait: number
}

/** How full a limit is, 0 to 1. */
export function fillOf({ windows }: LimitView): number {
  return Math.max(0, ...windows.map(({ used, limit }) => used / limit))
}
