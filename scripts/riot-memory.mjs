// npm run memory: 30,000 matches of real size over HTTP, once looked at and let go, once kept until the end, each in a process of its own.
// It fails when the former takes more than 40 MB more at the end than after 1,000. `npm run memory 5000` is shorter: then what the garbage collector has
// not come to yet is as much as that, and the bound is a quarter of what the latter takes.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRiotSimulator } from './riot-simulator.mjs'
import { run } from './run.mjs'

/** MB that may come on top after the first 1,000, in a run of full length. */
const MOST = 40
/** From so many matches on, growth with their number could not hide in the noise of the collector. */
const FULL = 20_000

const root = resolve(fileURLToPath(import.meta.url), '../..')
const count = Number(process.argv[2] ?? 30_000)
const built = await run('node scripts/build.mjs examples packages/riot-sim', { cwd: root })
if (built.code !== 0) {
  console.log(built.output)
  process.exit(1)
}

/** @param {string} name @param {string} flags */
async function measure(name, flags = '') {
  // A key without limits: this is about memory, not about time. So many players that nobody runs out of matches.
  const simulator = await startRiotSimulator(
    { world: { poolSize: 13_000, pools: 50 } },
    { app: '1000000:1', methods: { '*': '1000000:1' } },
  )
  const command = `${JSON.stringify(process.execPath)} ${flags} examples/dist/${name}.js ${count}`
  const { code, stdout, output, ms } = await run(command, { cwd: root, env: simulator.env })
  simulator.stop()
  console.log(`${name}, ${(ms / 1000).toFixed(0)} s\n${output.trimEnd().replaceAll(/^/gm, '  ')}`)
  const [, more = 'NaN'] = /, (-?\d+) MB more after all/.exec(stdout) ?? []
  return { code, more: Number(more) }
}

const stream = await measure('riot-stream')
const collect = await measure('riot-collect', '--max-old-space-size=6000')
const most = count < FULL ? collect.more / 4 : MOST
if (stream.code !== 0 || collect.code !== 0 || !(stream.more <= most)) {
  console.log(`riot-stream must end well, with at most ${most.toFixed(0)} MB more.`)
  process.exitCode = 1
}
