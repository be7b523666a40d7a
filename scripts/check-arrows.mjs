// Which room may know which: the arrows of the house, held by every import and every dependency.

import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { importsOf } from './imports.mjs'
import { runAsCommand } from './run-check.mjs'
import { filesUnder, isTestFile, packageFolders } from './source-files.mjs'

/**
 * What each package may import besides the registry's packages. An arrow goes on: who may import http may import core.
 *
 * @type {Record<string, string[]>}
 */
const ARROWS = {
  core: [],
  threads: ['core'],
  http: ['core'],
  riot: ['http'],
  'riot-sim': ['core'],
  runs: ['core', 'http'],
  report: ['core'],
  otel: ['core'],
  cli: ['runs', 'report', 'http', 'riot', 'riot-sim'],
}

/** What the core's own tests may use, so that they run in a browser, on Deno and on Bun; `*.node.test.ts` may use Node. */
const CORE_TESTS = ['vitest', 'fast-check']

/** Tests, and what only they use: the `test` folder of a package. @param {string} path inside the package */
const isForTests = (path) => isTestFile(path) || path.startsWith('test/')

/** @param {string} name folder of a package @returns {Set<string>} */
function reachable(name) {
  /** @type {Set<string>} */
  const all = new Set()
  /** @param {string} from */
  const follow = (from) => {
    for (const to of ARROWS[from] ?? []) {
      if (!all.has(to)) {
        all.add(to)
        follow(to)
      }
    }
  }
  follow(name)
  return all
}

/**
 * Checks every import between packages, the core's purity and the absence of import cycles.
 *
 * @param {string} root
 * @returns {string[]} one line for each thing that is wrong, `file:line: what`
 */
export function checkArrows(root) {
  /** @type {string[]} */
  const problems = []
  const folders = packageFolders(root)
  /** @type {Map<string, string>} */
  const folderOf = new Map()
  /** @type {Map<string, { dependencies?: Record<string, string>, peerDependencies?: Record<string, string> }>} */
  const manifests = new Map()
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))
    folderOf.set(manifest.name, folder)
    manifests.set(folder, manifest)
  }

  for (const folder of folders) {
    if (ARROWS[folder] === undefined) {
      problems.push(`packages/${folder}: has no row in the table of scripts/check-arrows.mjs; say what it may import`)
      continue
    }
    const allowed = reachable(folder)
    const manifest = manifests.get(folder) ?? {}
    for (const field of /** @type {const} */ (['dependencies', 'peerDependencies'])) {
      for (const name of Object.keys(manifest[field] ?? {})) {
        const target = folderOf.get(name)
        if (folder === 'core' || (target !== undefined && !allowed.has(target))) {
          problems.push(`packages/${folder}/package.json: must not depend on ${name} (${arrowsOf(folder)})`)
        }
      }
    }

    /** @type {Map<string, Array<{ to: string, line: number }>>} */
    const graph = new Map()
    const base = `packages/${folder}`
    for (const path of filesUnder(join(root, base), (name) => /^(?:src|test)\/.*\.ts$/.test(name))) {
      const file = `${base}/${path}`
      const test = isForTests(path)
      /** @type {Array<{ to: string, line: number }>} */
      const edges = []
      graph.set(path, edges)
      for (const { specifier, line, typeOnly } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
        const where = `${file}:${line}`
        if (specifier.startsWith('.')) {
          const to = posix.join(dirname(path), specifier)
          if (to.startsWith('..')) {
            problems.push(`${where}: ${specifier} leaves the package; import another package by its name`)
          } else if (!test && isForTests(to)) {
            problems.push(`${where}: ${specifier} belongs to the tests; the product must not need it`)
          } else if (!test && !to.startsWith('src/')) {
            problems.push(`${where}: ${specifier} lies outside of src, where the build does not find it`)
          } else if (!typeOnly) edges.push({ to, line })
          continue
        }
        const target = folderOf.get(packageName(specifier))
        if (folder === 'core') {
          if (!test) problems.push(`${where}: the core imports nothing, and so not ${specifier}`)
          else if (!/\.node(\.test)?\.ts$/.test(path) && !CORE_TESTS.includes(specifier)) {
            problems.push(
              `${where}: a test of the core must run in a browser too, so it must not import ${specifier}; move it to a *.node.test.ts`,
            )
          }
        } else if (target === folder) {
          problems.push(`${where}: inside a package import by relative path, not ${specifier}`)
        } else if (target !== undefined && !allowed.has(target) && !(test && target === 'riot-sim')) {
          problems.push(`${where}: must not import ${specifier} (${arrowsOf(folder)})`)
        }
      }
    }
    for (const cycle of cyclesIn(graph)) problems.push(`${base}: import cycle ${cycle.join(' → ')}`)
  }
  return problems
}

/** @param {string} folder */
function arrowsOf(folder) {
  const allowed = [...reachable(folder)]
  return `${folder} may import ${allowed.length === 0 ? 'no other package' : allowed.join(', ')}`
}

/** `@a/b/c` → `@a/b`, `a/b` → `a`. @param {string} specifier */
function packageName(specifier) {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

/**
 * The import cycles that a depth-first walk closes; type-only imports are no part of the graph, since they are erased.
 *
 * @param {Map<string, Array<{ to: string, line: number }>>} graph
 * @returns {string[][]}
 */
function cyclesIn(graph) {
  /** @type {string[][]} */
  const cycles = []
  /** @type {Set<string>} */
  const done = new Set()
  /** @type {string[]} */
  const trail = []
  /** @param {string} file */
  const visit = (file) => {
    if (done.has(file)) return
    const start = trail.indexOf(file)
    if (start !== -1) {
      cycles.push([...trail.slice(start), file])
      return
    }
    trail.push(file)
    for (const { to } of graph.get(file) ?? []) visit(to)
    trail.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}

await runAsCommand(import.meta.url, checkArrows)
