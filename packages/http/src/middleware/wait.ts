import { MAX_TIMER_MS, type Clock } from '@sluice/core'
import { AbortLink } from '@sluice/core/internal'
import type { SessionRequest } from '../types.ts'

/** Throws when nobody wants the answer any more. */
export function checkWanted({ signal, scope }: SessionRequest): void {
  if (signal?.aborted) throw signal.reason
  if (scope?.aborted) throw scope.reason
}

/** Waits `ms` milliseconds, or rejects when the request is aborted or its session closed. Leaves no timer and no listener. */
export function wait(ms: number, request: SessionRequest, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    checkWanted(request)
    const links: AbortLink[] = []
    const timer = clock.setTimer(
      () => {
        for (const link of links) link.unlink()
        resolve()
      },
      Math.min(ms, MAX_TIMER_MS),
    )
    const onAbort = (reason: unknown): void => {
      clock.clearTimer(timer)
      for (const link of links) link.unlink()
      reject(reason)
    }
    for (const signal of [request.signal, request.scope])
      if (signal !== undefined) links.push(new AbortLink(signal, { onAbort }))
  })
}
