import { describe, expect, test } from 'vitest'
import { blocksOf, docstringBlocks } from '../scripts/code-blocks.mjs'

const fence = '```'

describe('examples of a page', () => {
  test('every ts block, with the line it begins on; other languages are no examples', () => {
    const page = `# Page\n\n${fence}ts\nlet a = 1\na++\n${fence}\n\n${fence}sh\nnpm ci\n${fence}\n\n${fence}ts\nlet b\n${fence}\n`
    expect(blocksOf('a.md', page)).toEqual([
      { file: 'a.md', line: 4, code: 'let a = 1\na++\n', skip: undefined, beside: {} },
      { file: 'a.md', line: 13, code: 'let b\n', skip: undefined, beside: {} },
    ])
  })

  test('a block that cannot run says why', () => {
    expect(blocksOf('a.md', `${fence}ts no-run needs a key\nx\n${fence}\n`)).toMatchObject([{ skip: 'needs a key' }])
    expect(() => blocksOf('a.md', `\n${fence}ts no-run\nx\n${fence}\n`)).toThrow('a.md:2: say why it cannot run')
  })

  test('a block with the name of a file lies beside the examples after it', () => {
    const page = `${fence}js work.js\nexport {}\n${fence}\n${fence}ts\nlet a\n${fence}\n`
    expect(blocksOf('a.md', page)).toMatchObject([{ line: 5, beside: { 'work.js': 'export {}\n' } }])
  })

  test('an indented block loses its indent', () => {
    expect(blocksOf('a.md', `- a\n  ${fence}ts\n  if (a) {\n    b()\n  }\n  ${fence}\n`)).toMatchObject([
      { code: 'if (a) {\n  b()\n}\n' },
    ])
  })
})

describe('examples of docstrings', () => {
  test('lose their stars and keep their lines', () => {
    const code = `const before = 1\n/**\n * Does it.\n *\n * @example\n * ${fence}ts\n * if (a) {\n *   b()\n * }\n *\n * c()\n * ${fence}\n */\nexport {}\n`
    expect(docstringBlocks('a.ts', code)).toEqual([
      { file: 'a.ts', line: 7, code: 'if (a) {\n  b()\n}\n\nc()\n', skip: undefined, beside: {} },
    ])
  })

  test('an example without a fence would never run, so it is refused', () => {
    const code = `/** Does it.\n * @example\n * ${fence}ts\n * a()\n * ${fence}\n * @example b()\n */`
    expect(() => docstringBlocks('a.ts', code)).toThrow('a.ts:1: put the @example into a ```ts fence')
  })

  test('ordinary comments are none', () => {
    expect(docstringBlocks('a.ts', `/* @example b() */\n// @example c()\n`)).toEqual([])
  })
})
