import { expect, test } from 'vitest'
import { UsageError } from '../errors.ts'
import { exitCodeOf } from './exit-code-of.ts'
import type { FetchTally } from './fetch-tally.ts'
import type { StopReason } from './stop-policy.ts'

const tally = (more: Partial<FetchTally> = {}): FetchTally => ({
  ok: 1,
  failed: 0,
  resumed: { ok: 0, failed: 0 },
  duplicates: 0,
  cancelled: 0,
  bad: 0,
  complete: true,
  stopped: undefined,
  ...more,
})
const stopped = (reason: StopReason): number => exitCodeOf(tally({ stopped: reason, failed: 3 }), false)

test('the exit codes say how a run ended', () => {
  expect(exitCodeOf(tally(), false)).toBe(0)
  expect(exitCodeOf(tally({ failed: 1 }), false)).toBe(100)
  expect(exitCodeOf(tally({ bad: 1 }), false)).toBe(100)
  expect(exitCodeOf(tally({ failed: 1, ok: 0 }), true)).toBe(102)
  expect(stopped({ kind: 'max-failures', failures: 3 })).toBe(101)
  expect(stopped({ kind: 'fail-fast', key: 'k' })).toBe(101)
  expect(stopped({ kind: 'deadline' })).toBe(101)
  expect(stopped({ kind: 'rejected', status: 401 })).toBe(102)
  expect(stopped({ kind: 'signal', signal: 'SIGINT' })).toBe(130)
  expect(stopped({ kind: 'signal', signal: 'SIGTERM' })).toBe(143)
  expect(stopped({ kind: 'output', error: Object.assign(new Error('x'), { code: 'EPIPE' }) })).toBe(0)
  expect(stopped({ kind: 'output', error: new Error('disk full') })).toBe(1)
  expect(stopped({ kind: 'input', error: new UsageError('cut short') })).toBe(2)
  expect(stopped({ kind: 'input', error: new Error('a bug') })).toBe(1)
})
