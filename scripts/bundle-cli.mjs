// Makes the sluice command out of the sources: a few files in place of some two hundred, which is most of its start-up.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const cli = join(root, 'packages', 'cli')

/** What cannot be part of a bundle, since it loads files of its own. */
const ALONE = ['jiti']

/** `@a/b/c` → `@a/b`, `a/b` → `a`. @param {string} specifier */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/**
 * Writes the command into a folder, `bin.js` and what it loads later.
 *
 * @param {string} folder
 * @param {object} [options]
 * @param {boolean} [options.whole] takes the registry's packages in as well, so that the folder may lie anywhere; without it they are loaded from where
 *   npm installed them
 */
export async function bundleCli(folder, { whole = false } = {}) {
  const bundle = await rolldown({
    input: join(cli, 'src', 'bin.ts'),
    platform: 'node',
    transform: { target: 'es2023' },
    resolve: { conditionNames: ['@sluice/source', 'node', 'import'] },
    external: (id) =>
      ALONE.includes(packageOf(id)) || (!whole && /^(?!\.|\/|@sluice\/|@oxc-project\/runtime\/)/.test(id)),
    logLevel: 'silent',
  })
  const { output } = await bundle.write({ dir: folder, format: 'esm', cleanDir: true })
  await bundle.close()

  /** @type {{ dependencies: Record<string, string> }} */
  const { dependencies } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))
  const missing = new Set()
  const files = new Set(output.map(({ fileName }) => fileName))
  for (const file of output) {
    if (file.type !== 'chunk') continue
    for (const id of [...file.imports, ...file.dynamicImports]) {
      if (!files.has(id) && !id.startsWith('node:') && dependencies[packageOf(id)] === undefined) {
        missing.add(packageOf(id))
      }
    }
  }
  if (missing.size > 0) {
    throw new Error(`packages/cli/package.json must depend on what the command loads: ${[...missing].join(', ')}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCli(join(cli, 'dist', 'bundle'))
