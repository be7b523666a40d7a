import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkLaws, lawsNamed, titlesOf } from '../scripts/check-laws.mjs'

describe('the laws that a title names', () => {
  test.each([
    ['law 84: first come, first served', ['84']],
    ['laws 96, 98 and 100: any sequence', ['96', '98', '100']],
    ['laws 49-52: wait', ['49', '50', '51', '52']],
    ['headline D: permits are conserved', ['D']],
    ['Headlines A, B: both', ['A', 'B']],
    ['law 12 without a colon names none', []],
    ['as law 12: says', []],
    ['headline news: none', []],
  ])('%s', (title, laws) => {
    expect(lawsNamed(title)).toEqual(laws)
  })
})

test('titles are those of tests that run', () => {
  const code = `
    describe('a', () => {
      test('b', () => {})
      it.each([1])('c %s', () => {})
      test.each\`x\`(\`d \${e}\`, () => {})
      test.concurrent('e', () => {})
      test.skip('never', () => {})
      it.todo('never')
      test.fails('never', () => {})
      // test('never', () => {})
      other('never', () => {})
    })
    describe.skip('never', () => {})`
  expect(titlesOf('a.test.ts', code).sort()).toEqual(['a', 'b', 'c %s', 'd ', 'e'])
})

describe('the page', () => {
  const numbers = [...Array.from({ length: 115 }, (_, index) => String(index + 1)), ...'ABCDE'.split('')]
  const kind = (number: string) => (Number(number) > 0 ? 'law' : 'headline')

  function tree(page: string[], titled: string[]): string {
    const root = mkdtempSync(join(tmpdir(), 'sluice-laws-'))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    write('docs/laws.md', page.join('\n'))
    write(
      'packages/core/src/a.test.ts',
      titled.map((number) => `test('${kind(number)} ${number}: it holds', () => {})`).join('\n'),
    )
    return root
  }
  const line = (number: string) => `- **${number}** It holds. · [a.test.ts](../packages/core/src/a.test.ts)`

  test('with every law, a test for each and the right links has no problem', () => {
    expect(checkLaws(tree(numbers.map(line), numbers))).toEqual([])
  })

  test('a law without a test', () => {
    const tested = numbers.filter((number) => number !== '7' && number !== 'C')
    expect(checkLaws(tree(numbers.map(line), tested))).toEqual([
      expect.stringMatching(/no test's title .* for 7, C$/),
      expect.stringContaining('links are out of date'),
    ])
  })

  test('a law that the page does not list', () => {
    expect(checkLaws(tree(numbers.slice(1).map(line), numbers))).toEqual([
      expect.stringContaining('must list the laws'),
    ])
  })

  test('a test of a law that does not exist', () => {
    expect(checkLaws(tree(numbers.map(line), [...numbers, '116']))).toEqual([
      'packages/core/src/a.test.ts: there is no law 116',
    ])
  })

  test('a link that is missing', () => {
    const page = numbers.map((number) => (number === '3' ? `- **3** It holds.` : line(number)))
    expect(checkLaws(tree(page, numbers))).toEqual([expect.stringContaining('links are out of date')])
  })
})
