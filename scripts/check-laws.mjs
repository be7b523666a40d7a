// Every law of docs/laws.md has a test whose title begins with its number, and the page links to it.
// `node scripts/check-laws.mjs --write` brings the links up to date.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Visitor, parseSync } from 'rolldown/utils'
import { runAsCommand } from './run-check.mjs'
import { filesUnder } from './source-files.mjs'

const PAGE = 'docs/laws.md'
const NUMBERS = [...Array.from({ length: 115 }, (_, index) => String(index + 1)), ...'ABCDE'.split('')]
const ROW = /^- \*\*(\d+|[A-E])\*\* (.+?)(?: · \[.*)?$/

/**
 * The laws that a test's title names: `law 84: …`, `laws 96, 98: …`, `laws 49-54: …`, `headline D: …`.
 *
 * @param {string} title
 * @returns {string[]}
 */
export function lawsNamed(title) {
  const [, kind, list] = /^(laws?|headlines?) ([^:]+):/i.exec(title) ?? []
  if (kind === undefined || list === undefined) return []
  if (kind.toLowerCase().startsWith('headline')) return list.match(/\b[A-E]\b/g) ?? []
  return [...list.matchAll(/(\d+)(?:\s*(?:-|–|to)\s*(\d+))?/g)].flatMap(([, first, last = first]) => {
    const from = Number(first)
    return Array.from({ length: Math.max(1, Number(last) - from + 1) }, (_, index) => String(from + index))
  })
}

/**
 * The titles of the tests and groups of tests in a file that really run: skipped and future ones hold nothing.
 *
 * @param {string} file
 * @param {string} code
 * @returns {string[]}
 */
export function titlesOf(file, code) {
  /** @type {string[]} */
  const titles = []
  new Visitor({
    CallExpression: (node) => {
      /** @type {any} */
      let callee = node.callee
      for (let next = callee; next !== undefined; next = callee.object ?? callee.callee ?? callee.tag) {
        callee = next
        if (['skip', 'todo', 'fails'].includes(callee.property?.name)) return
      }
      if (callee.type !== 'Identifier' || !['test', 'it', 'describe'].includes(callee.name)) return
      /** @type {any} */
      const title = node.arguments[0]
      if (title?.type === 'Literal' && typeof title.value === 'string') titles.push(title.value)
      else if (title?.type === 'TemplateLiteral') titles.push(title.quasis[0].value.cooked)
    },
  }).visit(parseSync(file, code).program)
  return titles
}

/**
 * The files that hold each law.
 *
 * @param {string} root
 * @returns {Map<string, string[]>}
 */
function filesByLaw(root) {
  /** @type {Map<string, string[]>} */
  const files = new Map()
  for (const folder of ['packages', 'test']) {
    for (const path of filesUnder(join(root, folder), (name) => name.endsWith('.test.ts'))) {
      const file = `${folder}/${path}`
      for (const law of new Set(titlesOf(file, readFileSync(join(root, file), 'utf8')).flatMap(lawsNamed))) {
        files.set(law, [...(files.get(law) ?? []), file])
      }
    }
  }
  return files
}

/** @param {string[]} files */
const links = (files) => files.map((file) => ` · [${file.split('/').at(-1)}](../${file})`).join('')

/**
 * The page with its links as they should be.
 *
 * @param {string} page
 * @param {Map<string, string[]>} files
 * @returns {string}
 */
function linked(page, files) {
  return page
    .split('\n')
    .map((line) => line.replace(ROW, (_, number, law) => `- **${number}** ${law}${links(files.get(number) ?? [])}`))
    .join('\n')
}

/**
 * Checks that the page has every law once, that every law has a test, that no test names a law that does not exist, and
 * that the links are right.
 *
 * @param {string} root
 * @returns {string[]} one line for each thing that is wrong
 */
export function checkLaws(root) {
  const page = readFileSync(join(root, PAGE), 'utf8')
  const files = filesByLaw(root)
  /** @type {string[]} */
  const problems = []
  const listed = page.split('\n').flatMap((line) => ROW.exec(line)?.[1] ?? [])
  if (listed.join() !== NUMBERS.join())
    problems.push(`${PAGE}: must list the laws 1 to 115 and A to E, each once, in order`)
  const missing = NUMBERS.filter((number) => !files.has(number))
  if (missing.length > 0) {
    problems.push(`${PAGE}: no test's title begins with "law N:" or "headline N:" for ${missing.join(', ')}`)
  }
  for (const [number, names] of files) {
    if (!NUMBERS.includes(number)) problems.push(`${names.join(', ')}: there is no law ${number}`)
  }
  if (linked(page, files) !== page) {
    problems.push(`${PAGE}: the links are out of date; run node scripts/check-laws.mjs --write`)
  }
  return problems
}

await runAsCommand(import.meta.url, (root) => {
  if (process.argv.includes('--write')) {
    const path = join(root, PAGE)
    writeFileSync(path, linked(readFileSync(path, 'utf8'), filesByLaw(root)))
  }
  return checkLaws(root)
})
