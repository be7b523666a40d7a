// The examples of the documentation: every fenced TypeScript block in README.md, docs/ and the docstrings.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { filesUnder, isTestFile } from './source-files.mjs'

/**
 * @typedef {object} CodeBlock
 * @property {string} file                      where it stands
 * @property {number} line                      of its first line of code, from 1
 * @property {string} code
 * @property {string | undefined} skip          why it cannot run: what follows `no-run` behind the opening fence
 * @property {Record<string, string>} beside    files that stand before it in the same text, by name
 */

// A fence opened by `ts` is an example; `ts no-run <reason>` is one that cannot run here; `js work.js`, or any other name
// of a file, is a file that lies beside the examples after it.

/**
 * The blocks of one text.
 *
 * @param {string} file
 * @param {string} text
 * @param {number} [firstLine]
 * @returns {CodeBlock[]}
 */
export function blocksOf(file, text, firstLine = 1) {
  /** @type {CodeBlock[]} */
  const blocks = []
  /** @type {Record<string, string>} */
  const beside = {}
  const fence = /^( *)```(\S*) *(.*)\n([\s\S]*?)^ *``` *$/gm
  for (const [match, indent = '', language, info = '', body = ''] of text.matchAll(fence)) {
    const start = text.indexOf(match)
    const line = firstLine + text.slice(0, start).split('\n').length
    const code = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    if (/^[\w-]+\.\w+$/.test(info)) beside[info] = code
    else if (language === 'ts') {
      const skip = /^no-run\b[: ]*(.*)$/.exec(info)?.[1]
      if (skip === '') throw new SyntaxError(`${file}:${line - 1}: say why it cannot run: \`\`\`ts no-run <reason>`)
      blocks.push({ file, line, code, skip, beside: { ...beside } })
    }
  }
  return blocks
}

/**
 * The examples in the docstrings of a module.
 *
 * @param {string} file
 * @param {string} code
 * @returns {CodeBlock[]}
 */
export function docstringBlocks(file, code) {
  /** @type {CodeBlock[]} */
  const blocks = []
  for (const comment of parseSync(file, code).comments) {
    if (comment.type !== 'Block' || !comment.value.startsWith('*')) continue
    const line = code.slice(0, comment.start).split('\n').length
    const text = comment.value
      .split('\n')
      .map((part, index) => (index === 0 ? part.slice(1) : part.replace(/^ *\*? ?/, '')))
      .join('\n')
    for (const [index, example] of text.split(/^@example\b/m).entries()) {
      if (index > 0 && !example.includes('```ts')) {
        throw new SyntaxError(`${file}:${line}: put the @example into a \`\`\`ts fence, so that it is run`)
      }
    }
    blocks.push(...blocksOf(file, text, line))
  }
  return blocks
}

/**
 * Every example of the workspace.
 *
 * @param {string} root
 * @returns {CodeBlock[]}
 */
export function codeBlocks(root) {
  /** @param {string} path */
  const read = (path) => readFileSync(join(root, path), 'utf8')
  const pages = ['README.md', 'CONTRIBUTING.md']
  for (const folder of ['docs', 'packages']) {
    pages.push(...filesUnder(join(root, folder), (path) => path.endsWith('.md')).map((path) => `${folder}/${path}`))
  }
  const modules = filesUnder(
    join(root, 'packages'),
    (path) => /^[^/]+\/src\/.*\.ts$/.test(path) && !isTestFile(path),
  ).map((path) => `packages/${path}`)
  return [
    ...pages.flatMap((path) => blocksOf(path, read(path))),
    ...modules.flatMap((path) => docstringBlocks(path, read(path))),
  ]
}
