/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ name: string, status: string, assertionResults: Array<{ status: string }> }} FileResult
 * @typedef {{ testResults: FileResult[] }} Report   what vitest's JSON reporter writes
 */

/**
 * Counts a report. A file that failed before any of its tests could run counts as one failure, and so does a run that
 * ended badly though no test failed (an unhandled rejection, a crash), so that nothing that went wrong counts as nothing.
 *
 * @param {Report | undefined} report   undefined when the run left none
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tally(report, exitCode) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    const failedBefore = count.failed
    for (const { status } of file.assertionResults) {
      if (status === 'passed') count.passed++
      else if (status === 'failed') count.failed++
      else count.skipped++
    }
    if (file.status === 'failed' && count.failed === failedBefore) count.failed++
  }
  if (exitCode !== 0 && count.failed === 0) count.failed++
  return count
}

/**
 * How many tests of a report are in files for which `wanted` says so.
 *
 * @param {Report | undefined} report
 * @param {(file: string) => boolean} wanted
 * @returns {number}
 */
export function countTests(report, wanted) {
  return (report?.testResults ?? [])
    .filter((file) => wanted(file.name))
    .reduce((sum, file) => sum + file.assertionResults.length, 0)
}

/** @param {Tally} count @returns {string} the line that ends a test run */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
