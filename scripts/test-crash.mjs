// The long form of the crash tests: npm run test:crash.

import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const vitest = JSON.stringify(join(root, 'node_modules', 'vitest', 'vitest.mjs'))
const { code } = await run(`${JSON.stringify(process.execPath)} ${vitest} run --project node test/runs-crash.test.ts`, {
  cwd: root,
  env: { CRASH_TESTS: 'long' },
  show: true,
})
process.exitCode = code
