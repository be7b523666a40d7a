// What the manifests of the packages have in common is said in each, as npm wants it, and held together here.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAsCommand } from './run-check.mjs'
import { packageFolders } from './source-files.mjs'

/**
 * Checks that every package has the workspace's licence, Node versions and module type, the same version as the others,
 * and depends on exactly that version of them.
 *
 * @param {string} root
 * @returns {string[]} one line for each thing that is wrong
 */
export function checkManifests(root) {
  /** @param {string} path */
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined)
  /** @type {string[]} */
  const problems = []
  const workspace = JSON.parse(read('package.json') ?? '{}')
  const licence = read('LICENSE')
  const manifests = packageFolders(root).map((folder) => {
    const path = `packages/${folder}/package.json`
    return { folder, path, manifest: JSON.parse(read(path) ?? '{}') }
  })
  const versions = new Map(manifests.map(({ manifest }) => [manifest.name, manifest.version]))
  const [version] = versions.values()

  for (const { folder, path, manifest } of manifests) {
    /** @param {string} what @param {unknown} is @param {unknown} wanted */
    const must = (what, is, wanted) => {
      if (is !== wanted) problems.push(`${path}: ${what} must be ${JSON.stringify(wanted)}, not ${JSON.stringify(is)}`)
    }
    must('version', manifest.version, version)
    must('license', manifest.license, 'MIT')
    must('type', manifest.type, 'module')
    must('sideEffects', manifest.sideEffects, false)
    must('engines.node', manifest.engines?.node, workspace.engines.node)
    if (typeof manifest.description !== 'string') problems.push(`${path}: needs a description`)
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (versions.has(name)) must(`the version of ${name}`, range, versions.get(name))
    }
    if (read(`packages/${folder}/LICENSE`) !== licence) {
      problems.push(`packages/${folder}/LICENSE: must be a copy of LICENSE, so that it is published`)
    }
  }
  return problems
}

await runAsCommand(import.meta.url, checkManifests)
