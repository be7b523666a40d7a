// Runs a command for every package, two at a time: node scripts/each-package.mjs <command with {} for the packed tarball>
// The tarballs are what `npm publish` would upload, so that the checks see what a user would get.

import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forEachLimited, run } from './run.mjs'
import { packageFolders } from './source-files.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const command = process.argv.slice(2).join(' ')
if (!command.includes('{}')) throw new TypeError('each-package needs a command that contains {}, the packed tarball')

const packed = join(root, '.cache', `packed-${process.pid}`)
mkdirSync(packed, { recursive: true })
try {
  await forEachLimited(2, packageFolders(root), async (folder) => {
    const pack = await run(`npm pack --loglevel=error --json --pack-destination ${JSON.stringify(packed)}`, {
      cwd: join(root, 'packages', folder),
    })
    const tarball = pack.code === 0 ? join(packed, JSON.parse(pack.stdout)[0].filename) : ''
    const result = pack.code === 0 ? await run(command.replaceAll('{}', JSON.stringify(tarball)), { cwd: root }) : pack
    if (result.code !== 0) {
      process.exitCode = 1
      console.error(`packages/${folder}:\n${result.output.trim()}\n`)
    }
  })
} finally {
  rmSync(packed, { recursive: true, force: true })
}
