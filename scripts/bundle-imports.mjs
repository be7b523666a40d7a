// Bundles what .size-limit.json gives a budget, as an application would that imports this from the core: `.cache/size/map.js` is `import { map }`, and
// `all.js` everything. size-limit then weighs the files.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { bundleCore } from './bundle-core.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const core = join(root, 'packages', 'core', 'dist', 'index.js')

/** The names that have a budget, `all` among them, and the file of each. */
export function budgets() {
  /** @type {{ path: string }[]} */
  const entries = JSON.parse(readFileSync(join(root, '.size-limit.json'), 'utf8'))
  return new Map(entries.map(({ path }) => [basename(path, '.js'), join(root, path)]))
}

/** What a bundler makes, minified, of an import of `name`, or of `all`, from the core as it was built. @param {string} name */
export async function bundleImport(name) {
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
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output[0].code
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleCore()
  for (const [name, file] of budgets()) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await bundleImport(name))
  }
}
