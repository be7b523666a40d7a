// `npm run example gather` builds the examples and runs one; without a name it lists them. Node 20 runs no TypeScript and knows no
// `await using`, so they are compiled first.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startRiotSimulator } from './riot-simulator.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** These do the others' work; they are no programs of their own. */
const helpers = new Set(['blocking-io', 'riot-memory', 'riot-options'])
const names = readdirSync(`${root}/examples`)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => !helpers.has(name))

const [name] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  if (name !== undefined) console.log(`There is no example called ${name}.`)
  console.log('npm run example <name>, where <name> is one of')
  for (const one of names) {
    const [comment = ''] = readFileSync(`${root}/examples/${one}.ts`, 'utf8').split('\n\n')
    const [sentence = ''] = comment
      .replaceAll(/\s*\/\/ ?/g, ' ')
      .trim()
      .split(/(?<=[^.]\.)\s/)
    console.log(`  ${one.padEnd(18)} ${sentence}`)
  }
  process.exitCode = name === undefined ? 0 : 1
} else {
  const { code, output } = await run('node scripts/build.mjs examples packages/riot-sim', { cwd: root })
  if (code === 0) {
    // What the program finds among its arguments begins behind its name.
    process.argv.splice(2, 1)
    const wantsRiot = name.startsWith('riot-') && process.env['RIOT_API_KEY'] === undefined
    const simulator = wantsRiot ? await startRiotSimulator({ latency: 'prod' }, {}) : undefined
    Object.assign(process.env, simulator?.env)
    try {
      await import(pathToFileURL(`${root}/examples/dist/${name}.js`).href)
    } finally {
      simulator?.stop()
    }
  } else {
    console.log(output)
    process.exitCode = code
  }
}
