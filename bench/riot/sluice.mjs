// Sluice's limiter beside the others, on the virtual clock (a minute) or over HTTP in real time.
//
//   node bench/riot/sluice.mjs [--http] [--seeds n] [scenario…]
//
// Compiled from the sources, since Node 20 runs no TypeScript.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'rolldown'
import { API_KEY, startRiotSimulator } from '../../scripts/riot-simulator.mjs'
import { run } from '../../scripts/run.mjs'
import { hurry } from '../lib/child.mjs'

const file = fileURLToPath(new URL('../../.cache/bench/sluice.mjs', import.meta.url))
await build({
  input: fileURLToPath(new URL('sluice.ts', import.meta.url)),
  platform: 'node',
  external: [/^(?!@sluice\/)[a-z@]/],
  resolve: { conditionNames: ['@sluice/source', 'import', 'node', 'default'] },
  output: { file, format: 'esm', codeSplitting: false },
  logLevel: 'silent',
})
const { main } = await import(pathToFileURL(file).href)
const args = process.argv.slice(2)
if (args.includes('--http')) {
  // The server runs in a process of its own, as it was built.
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { code, output } = await run('node scripts/build.mjs packages/riot-sim', { cwd: root })
  if (code !== 0) throw new Error(output)
  hurry()
}
await main(args, { apiKey: API_KEY, start: startRiotSimulator })
