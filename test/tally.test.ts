import { describe, expect, test } from 'vitest'
import { countTests, summary, tally } from '../scripts/tally.mjs'

const file = (name: string, status: string, ...tests: string[]) => ({
  name,
  status,
  assertionResults: tests.map((of) => ({ status: of })),
})

describe('the count at the end of npm test', () => {
  test('every test counts once, and todo and pending are skipped', () => {
    const report = {
      testResults: [file('a', 'passed', 'passed', 'pending'), file('b', 'failed', 'failed', 'passed', 'todo')],
    }
    expect(tally(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 })
  })

  test('a file that could not be loaded is a failure', () => {
    expect(tally({ testResults: [file('a', 'failed'), file('b', 'passed', 'passed')] }, 1)).toMatchObject({ failed: 1 })
    expect(tally({ testResults: [file('a', 'failed', 'failed'), file('b', 'failed')] }, 1)).toMatchObject({ failed: 2 })
  })

  test('a bad end without a failed test, or without a report, is a failure', () => {
    expect(tally({ testResults: [file('a', 'passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
    expect(tally(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  test('tests of chosen files can be counted', () => {
    const report = { testResults: [file('a.test.ts', 'passed', 'passed', 'passed'), file('b', 'passed', 'passed')] }
    expect(countTests(report, (name) => name.endsWith('.test.ts'))).toBe(2)
    expect(countTests(undefined, () => true)).toBe(0)
  })

  test('the line', () => {
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
    expect(summary({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
  })
})
