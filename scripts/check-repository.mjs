// What must never be committed: a path of the machine it was written on, a registry's address, an install script.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runAsCommand } from './run-check.mjs'

/**
 * What no committed text may contain. Each pattern is written so that it does not match itself.
 *
 * @type {Array<[RegExp, string]>}
 */
const FORBIDDEN = [
  [/(?<![\w.])\/wor[k]\/(?:main|shared|\.)/, 'a path of the machine it was written on'],
  [/(?<![\w.*])\/tm[p]\/[\w.]/, 'a fixed path for temporary files (use os.tmpdir())'],
  [/(?<![\w.])\/roo[t]\/[\w.]/, 'a path of the machine it was written on'],
  [/(?<![\w.])\/(?:hom[e]|User[s])\/(?!you\b|me\b|user\b)[\w.]/, 'a path of the machine it was written on'],
  [/\.\.\/share[d]\//, 'a path outside the repository'],
  [/\b(?:registry|npm|pypi)\.[\w-]*(?:npmj[s]|yarnpk[g]|mirro[r])[\w.]*/, "a registry's address"],
]

/**
 * What has an install script and does not need it: it would only build what is in the package already. npm runs none here (`.npmrc`), and Node 22.13 and newer
 * never load it.
 */
const HARMLESS_SCRIPTS = ['node_modules/@photostructure/sqlite']

/** @param {string} root @returns {string[]} */
function committedFiles(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
}

/**
 * Checks every file that is committed, or could be.
 *
 * @param {string} root
 * @returns {string[]} one line for each thing that is wrong, `file:line: what`
 */
export function checkRepository(root) {
  /** @type {string[]} */
  const problems = []
  for (const path of committedFiles(root)) {
    const file = join(root, path)
    if (!statSync(file).isFile()) continue
    const text = readFileSync(file, 'utf8')
    if (text.includes('\0')) continue
    for (const [index, line] of text.split('\n').entries()) {
      for (const [pattern, what] of FORBIDDEN) {
        const match = pattern.exec(line)
        if (match !== null) problems.push(`${path}:${index + 1}: names ${what}: ${match[0]}`)
      }
    }
  }
  problems.push(...checkLockfile(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))))
  return problems
}

/**
 * Checks that the lockfile names no download address and that nothing installed runs a script of its own.
 *
 * @param {{ packages?: Record<string, { resolved?: string, hasInstallScript?: boolean, link?: boolean }> }} lockfile
 * @returns {string[]}
 */
export function checkLockfile(lockfile) {
  /** @type {string[]} */
  const problems = []
  for (const [place, entry] of Object.entries(lockfile.packages ?? {})) {
    if (/^[a-z+]+:/i.test(entry.resolved ?? '')) {
      problems.push(
        `package-lock.json: ${place} names a download address; install with omit-lockfile-registry-resolved`,
      )
    }
    if (entry.hasInstallScript === true && !HARMLESS_SCRIPTS.includes(place)) {
      problems.push(`package-lock.json: ${place} has an install script; take a dependency without one`)
    }
  }
  return problems
}

await runAsCommand(import.meta.url, checkRepository)
