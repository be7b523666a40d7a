// Sluice's limiter beside the others, on the virtual clock (a minute) or over HTTP in real time.
//
//   node bench/riot/sluice.mjs [--http] [--seeds n] [scenario…]
//
// Compiled from the sources, since Node 20 runs no TypeScript.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'rolldown'

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
await main(process.argv.slice(2))
