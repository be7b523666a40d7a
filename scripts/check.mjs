// Everything but the tests: `npm run check`. One line for each check with its time, then the output of it if it failed.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forEachLimited, run } from './run.mjs'

/** Scripts of package.json, the long ones first. */
const FREE = [
  'check:lint',
  'check:types',
  'check:unused',
  'check:format',
  'check:repository',
  'check:arrows',
  'check:manifests',
  'check:laws',
]
/** These look at what was built. */
const AFTER_BUILD = ['check:attw', 'check:publint', 'check:size']

const root = resolve(fileURLToPath(import.meta.url), '../..')
/** @type {Record<string, string>} */
const scripts = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')).scripts
const start = performance.now()
let failed = 0

/** @param {string} name @param {string} state @param {number} ms */
const report = (name, state, ms) => {
  console.log(`${state.padEnd(7)} ${name.padEnd(18)} ${(ms / 1000).toFixed(1).padStart(5)} s`)
}

/** @param {string} name */
const check = async (name) => {
  const command = scripts[name]
  if (command === undefined) throw new Error(`package.json has no script named ${name}`)
  const { code, output, ms } = await run(command, { cwd: root })
  report(name, code === 0 ? 'ok' : 'FAILED', ms)
  if (code !== 0) {
    failed++
    console.log(`\n$ ${command}\n${output.trim()}\n`)
  }
  return code === 0
}

/** @type {Promise<boolean> | undefined} */
let built
await forEachLimited(Math.max(2, availableParallelism()), ['build', ...FREE, ...AFTER_BUILD], async (name) => {
  if (name === 'build') {
    built = check(name)
    await built
  } else if (!AFTER_BUILD.includes(name) || (await built)) {
    await check(name)
  } else {
    failed++
    report(name, 'no run', 0)
  }
})

const total = FREE.length + AFTER_BUILD.length + 1
report(
  failed === 0 ? `all ${total} checks` : `${failed} of ${total} checks`,
  failed === 0 ? 'ok' : 'FAILED',
  performance.now() - start,
)
if (failed > 0) process.exitCode = 1
