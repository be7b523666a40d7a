// Every test on every engine: npm test [-- filter…]. The last line printed is `N passed, N failed`.
//
// An engine that is not on this machine is skipped, and the tests that it would have run are counted as skipped. With
// REQUIRE_ENGINES=1 the runtimes are fetched from the registry, and an engine that is still missing is a failure.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchRuntimes, findChromium, findRuntime, knownRuntimes } from './engines.mjs'
import { run } from './run.mjs'
import { countTests, summary, tally } from './tally.mjs'

/** What hangs is ended; twice as long as the longest takes on a busy machine. */
const LIMIT_MS = 20 * 60_000
const root = resolve(fileURLToPath(import.meta.url), '../..')
const reports = join(root, '.cache', 'test')
const required = process.env['REQUIRE_ENGINES'] === '1'
const filters = process.argv.slice(2).map((argument) => JSON.stringify(argument))
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

const total = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} */
const lines = []

/** @param {string} name @param {import('./tally.mjs').Tally} count @param {string} [note] */
const add = (name, count, note) => {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  lines.push(`${name.padEnd(11)} ${summary(count)}${note === undefined ? '' : ` (${note})`}`)
}

/**
 * @param {string} name
 * @param {string[]} program       what runs vitest, with its flags
 * @param {string} config
 * @returns {Promise<import('./tally.mjs').Report | undefined>}
 */
const runTests = async (name, program, config) => {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
  const file = join(reports, `${name.replaceAll(' ', '-')}.json`)
  rmSync(file, { force: true })
  const command = [...program, vitest, 'run'].map((part) => JSON.stringify(part)).join(' ')
  const reporters = `--reporter=default --reporter=json --outputFile.json=${JSON.stringify(file)}`
  const { code } = await run(`${command} --config ${config} ${reporters} ${filters.join(' ')}`, {
    cwd: root,
    env: { DENO_NO_UPDATE_CHECK: '1', ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    show: true,
    limitMs: LIMIT_MS,
  })
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  add(name, tally(report, code))
  return report
}

/** @param {string} name @param {string} why @param {number} tests how many it would have run */
const missing = (name, why, tests) => {
  if (required) add(name, { passed: 0, failed: 1, skipped: 0 }, `${why}, and REQUIRE_ENGINES=1 asks for it`)
  else add(name, { passed: 0, failed: 0, skipped: tests }, why)
}

mkdirSync(reports, { recursive: true })
const onNode = await runTests('Node', [process.execPath], 'vitest.config.ts')
const coreTests = countTests(
  onNode,
  (file) => /packages.core.src.*\.test\.ts$/.test(file) && !file.endsWith('.node.test.ts'),
)
const runsTests = countTests(onNode, (file) => /packages.runs.src.*\.test\.ts$|runs-fixtures\.test\.ts$/.test(file))

if (findChromium() === undefined) missing('Chromium', 'not found; install it, or name it in CHROMIUM_PATH', coreTests)
else await runTests('Chromium', [process.execPath], 'vitest.browser.config.ts')

const runtimes = knownRuntimes()
let why = 'not here; REQUIRE_ENGINES=1 fetches it'
if (required && runtimes.some((runtime) => findRuntime(runtime) === undefined)) {
  why = (await fetchRuntimes(runtimes)) ?? 'fetched, but not found'
}
for (const runtime of runtimes) {
  const program = findRuntime(runtime)
  const isNode = runtime.name.startsWith('Node')
  if (program === undefined) missing(runtime.name, why, isNode ? coreTests + runsTests : coreTests)
  else {
    const config = isNode ? 'vitest.nodes.config.ts' : 'vitest.core.config.ts'
    await runTests(runtime.name, [program, ...runtime.flags], config)
  }
}
if (runtimes.length === 0) missing('Runtimes', `none known for ${process.platform}-${process.arch}`, coreTests)

console.log(`\n${lines.join('\n')}\n`)
console.log(summary(total))
process.exitCode = total.failed > 0 ? 1 : 0
