// npm run demo: fetches 1,000 JSON files from a real server, 100 at once, with the sluice command, and compares that with one after the other.

import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeDemoData } from './demo-data.mjs'
import { run } from './run.mjs'

const COUNT = 1000
const AT_ONCE = 100
/** So many are fetched one after the other: all of them would take a minute. */
const SAMPLE = 50
const LATENCY_MS = 50

const root = resolve(fileURLToPath(import.meta.url), '../..')
const folder = join(root, '.cache', 'demo')
const out = join(root, 'out')
const output = join(out, 'demo.ndjson')

const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`

/**
 * Runs `sluice fetch` as a user would, with its progress on this terminal.
 *
 * @param {string} url
 * @param {readonly string[]} ids
 * @param {readonly string[]} flags
 * @returns {Promise<number>} the ms that it took from its first item to its last
 */
async function sluiceFetch(url, ids, flags) {
  const list = join(folder, 'ids.txt')
  const summary = join(folder, 'summary.json')
  writeFileSync(list, `${ids.join('\n')}\n`)
  const bin = join(root, 'packages', 'cli', 'bin', 'sluice.js')
  const args = ['fetch', `${url}/{}.json`, '--input', list, '--fresh', '--summary', summary, ...flags]
  const child = spawn(process.execPath, [bin, ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) {
    process.exitCode = code ?? 1
    throw new Error(`sluice fetch ended with exit code ${code}`)
  }
  return JSON.parse(readFileSync(summary, 'utf8')).ms
}

/** Every id once, each with the body of its own: nothing lost, nothing mixed up. @param {readonly string[]} ids */
async function checkOutput(ids) {
  const missing = new Set(ids)
  for await (const line of createInterface({ input: createReadStream(output) })) {
    const { key, data } = JSON.parse(line)
    if (data.metadata.matchId !== key || !missing.delete(key)) throw new Error(`the line of ${key} is wrong`)
  }
  if (missing.size > 0) throw new Error(`${missing.size} items are missing in the output`)
}

const build = await run('node scripts/bundle-cli.mjs', { cwd: root })
if (build.code !== 0) {
  console.log(build.output)
  process.exit(1)
}
mkdirSync(out, { recursive: true })
const ids = makeDemoData(folder, COUNT)
const server = fork(join(root, 'scripts', 'demo-server.mjs'), [folder, String(LATENCY_MS)])
try {
  const [port] = await once(server, 'message')
  const url = `http://127.0.0.1:${port}`
  console.log(
    `A server at ${url} serves ${COUNT.toLocaleString('en')} JSON files, and takes ${LATENCY_MS} ms for each.\n`,
  )

  console.log(`${COUNT.toLocaleString('en')} files, ${AT_ONCE} at once:`)
  const many = await sluiceFetch(url, ids, ['-c', String(AT_ONCE), '-o', output])
  await checkOutput(ids)

  console.log(`\n${SAMPLE} of them, one after the other:`)
  const few = await sluiceFetch(url, ids.slice(0, SAMPLE), ['-c', '1', '-o', join(folder, 'sample.ndjson')])
  const all = (few * COUNT) / SAMPLE

  console.log(`
Fetched ${COUNT.toLocaleString('en')} files in ${seconds(many)}, ${AT_ONCE} at once. Each is there once, with its own body.
One after the other would take ${seconds(all)} (${SAMPLE} took ${seconds(few)}, times ${COUNT / SAMPLE}): ${(all / many).toFixed(1)} times as long.
The result is in ${relative(process.cwd(), output)}, one line of JSON for each file.`)
} finally {
  server.disconnect()
}
