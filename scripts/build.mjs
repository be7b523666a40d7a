// Builds what is named, and what that needs: `node scripts/build.mjs examples`; or everything anew, without a name.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleCore } from './bundle-core.mjs'
import { run } from './run.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const projects = process.argv.slice(2)
const { code, output } = await run(
  `tsc -b ${projects.length === 0 ? '--force tsconfig.build.json' : projects.join(' ')}`,
  {
    cwd: root,
  },
)
if (code === 0) await bundleCore()
else {
  console.log(output)
  process.exitCode = code
}
