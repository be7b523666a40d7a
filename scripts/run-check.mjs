import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Makes a checking module a command: run by `node`, it checks the workspace, prints each problem and exits with 1 if
 * there was one. Imported, it does nothing.
 *
 * @param {string} url   the module's `import.meta.url`
 * @param {(root: string) => string[] | Promise<string[]>} check
 * @returns {Promise<void>}
 */
export async function runAsCommand(url, check) {
  const file = fileURLToPath(url)
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== file) return
  const problems = await check(resolve(file, '../..'))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}
