// Every example of the documentation runs, prints what it says that it prints, and type checks.
// What an example may count on stands in CONTRIBUTING.md.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { codeBlocks } from '../scripts/code-blocks.mjs'
import { run } from '../scripts/run.mjs'
import { filesUnder } from '../scripts/source-files.mjs'
import { type ExampleServer, startExampleServer } from './example-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, '.cache', 'examples')
const blocks = codeBlocks(root).map((block) => ({ ...block, place: `${block.file}:${block.line}` }))

/** Where a block is written, with as many lines before it as it has in its file, so that line numbers agree. */
const home = (place: string, kind: 'run' | 'types') => join(folder, kind, place.replaceAll(/[/:]/g, '_'), 'example.ts')

/** What each line printed, by its place: `README.md:12`. */
const printed = new Map<string, string[]>()
Object.assign(globalThis, {
  exampleLog:
    (place: string) =>
    (...values: unknown[]) =>
      printed.set(place, [...(printed.get(place) ?? []), format(...values)]),
})

/** `console.log(x) // expected`, unless the comment only gives an idea of it. */
const claim = /console\.log\b.*\s\/\/ (?!about |e\.g\.|for example|such as)(.+)$/

/**
 * True when `lines` are what the comment says. An explanation may follow behind a colon; spaces and line breaks depend on the length
 * of what is printed, so they are not compared; `…` stands for anything.
 */
function fulfils(lines: string[], comment: string): boolean {
  const readings = [...comment.matchAll(/: |$/g)].map(({ index }) => comment.slice(0, index))
  const patterns = readings.map((reading) => {
    const parts = reading.replaceAll(/\s/g, '').split('…')
    return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')}$`)
  })
  const outputs = [lines.join(''), lines.join(',')].map((output) => output.replaceAll(/\s/g, ''))
  return patterns.some((pattern) => outputs.some((output) => pattern.test(output)))
}

let server: ExampleServer
const local = (text: string) => text.replaceAll('https://api.example.com', server.url)

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  server = await startExampleServer()
  for (const { place, file, line, code, beside } of blocks) {
    const lines = code.split('\n')
    const watched = lines.map((text, index) => text.replaceAll('console.log', `exampleLog('${file}:${line + index}')`))
    for (const [kind, text] of [
      ['types', lines],
      ['run', watched],
    ] as const) {
      const path = home(place, kind)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(
        path,
        `${'\n'.repeat(line - 1)}${kind === 'run' ? local(text.join('\n')) : text.join('\n')}export {}\n`,
      )
      for (const [name, content] of Object.entries(beside)) writeFileSync(join(dirname(path), name), content)
    }
  }
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  for (const { place, skip } of blocks) if (skip !== undefined) console.log(`${place} is not run: ${skip}`)
})

describe('every example runs, and prints what it says', () => {
  for (const { file, line, code, skip, place } of blocks)
    test(place, async (context) => {
      if (skip !== undefined) context.skip(skip)
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      await import(home(place, 'run'))
      const wrong: string[] = []
      for (const [index, text] of code.split('\n').entries()) {
        const expected = claim.exec(local(text))?.[1]
        if (expected === undefined) continue
        const here = `${file}:${line + index}`
        const lines = printed.get(here) ?? []
        if (!fulfils(lines, expected)) wrong.push(`${here} prints ${lines.join('\n')} and not ${expected}`)
      }
      expect(wrong).toEqual([])
    })
})

test('every example type checks', { timeout: 60_000 }, async () => {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.tests.json',
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, tsBuildInfoFile: './tsbuildinfo' },
      include: ['types/**/example.ts'],
      exclude: [],
    }),
  )
  const { output } = await run('tsc -p .cache/examples/tsconfig.json', { cwd: root })
  expect(output).toBe('')
})

test('there are examples', () => {
  expect(blocks.length).toBeGreaterThan(10)
})

const pages = ['README.md', 'CONTRIBUTING.md', ...filesUnder(join(root, 'docs')).map((path) => `docs/${path}`)].filter(
  (path) => path.endsWith('.md'),
)
test.each(pages)('%s names only files and npm scripts that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script])
  for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    expect(existsSync(join(root, dirname(page), link)), link).toBe(true)
  }
})
