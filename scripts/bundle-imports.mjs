// Bundles what .size-limit.json gives a budget, as an application would that imports this from the core: `.cache/size/map.js` is `import { map }`, and
// `all.js` everything. size-limit then weighs the files.

import { readFileSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { bundleCore } from './bundle-core.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const core = join(root, 'packages', 'core', 'dist', 'index.js')
/** @type {{ path: string }[]} */
const budgets = JSON.parse(readFileSync(join(root, '.size-limit.json'), 'utf8'))

await bundleCore()
for (const { path } of budgets) {
  const name = basename(path, '.js')
  const source = `export ${name === 'all' ? '*' : `{ ${name} }`} from ${JSON.stringify(core)}`
  const bundle = await rolldown({
    input: 'import',
    platform: 'neutral',
    logLevel: 'warn',
    plugins: [
      {
        name: 'import',
        resolveId: (id) => (id === 'import' ? id : undefined),
        load: (id) => (id === 'import' ? source : undefined),
      },
    ],
  })
  rmSync(join(root, path), { force: true })
  await bundle.write({ file: join(root, path), format: 'esm', minify: true })
  await bundle.close()
}
