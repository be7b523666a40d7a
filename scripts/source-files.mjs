import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', '.cache', 'coverage', '.git'])

/**
 * Every file under `folder`, with paths relative to it, sorted; what is installed or built is left out.
 *
 * @param {string} folder
 * @param {(path: string) => boolean} [wanted]
 * @returns {string[]}
 */
export function filesUnder(folder, wanted = () => true) {
  if (!existsSync(folder)) return []
  /** @type {string[]} */
  const found = []
  /** @param {string} inside */
  const walk = (inside) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(path)
      } else if (wanted(path)) found.push(path)
    }
  }
  walk('')
  return found.sort()
}

/** @param {string} path */
export const isTestFile = (path) => /\.test(-d)?\.ts$/.test(path)

/**
 * Names of the folders in `packages/`, sorted.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function packageFolders(root) {
  return readdirSync(join(root, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'packages', entry.name, 'package.json')))
    .map((entry) => entry.name)
    .sort()
}
