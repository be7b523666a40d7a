// Holds the type tests (`*.test-d.ts`) against each supported version of TypeScript: `npm run check:typescript`. The one of this
// workspace is checked by check:types; the others are fetched once, into .cache/typescript.

import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runAsCommand } from './run-check.mjs'
import { run } from './run.mjs'

const VERSIONS = ['5.9', '6', '7']

await runAsCommand(import.meta.url, async (root) => {
  /** @type {string[]} */
  const problems = []
  for (const version of VERSIONS) {
    const folder = join(root, '.cache', 'typescript', version)
    const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc')
    if (!existsSync(compiler)) {
      mkdirSync(folder, { recursive: true })
      const install = `npm install --prefix "${folder}" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund typescript@${version}`
      const { code, output } = await run(install, { cwd: folder })
      if (code !== 0) {
        problems.push(`TypeScript ${version} could not be fetched:\n${output.trim()}`)
        continue
      }
    }
    const { code, output, ms } = await run(`node "${compiler}" -p tsconfig.types.json --noEmit`, { cwd: root })
    console.log(`TypeScript ${version}: ${code === 0 ? 'ok' : 'FAILED'} in ${(ms / 1000).toFixed(1)} s`)
    if (code !== 0) problems.push(output.trim())
  }
  return problems
})
