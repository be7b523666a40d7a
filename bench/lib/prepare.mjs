import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(import.meta.url), '../../..')

/** Builds the packages named, and installs what the benchmark in `folder` compares with, if it is not there as its lockfile says. */
export function prepare(folder, packages) {
  const run = (command, args, cwd) =>
    execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  run(process.execPath, [join(root, 'scripts/build.mjs'), ...packages], root)
  if (Object.keys(versions(folder)).length === 0) run('npm', ['ci', '--ignore-scripts'], folder)
}

/** The version of each peer that is installed; nothing if one is missing or is not the one of the lockfile. */
export function versions(folder) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const found = {}
  for (const name of Object.keys(dependencies)) {
    const file = join(folder, 'node_modules', name, 'package.json')
    const version = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined
    if (version === undefined || version !== packages[`node_modules/${name}`].version) return {}
    found[name] = version
  }
  return found
}
