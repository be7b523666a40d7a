import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkArrows } from '../scripts/check-arrows.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-arrows-'))
  for (const name of ['core', 'threads', 'http', 'riot', 'riot-sim', 'cli']) {
    write(`packages/${name}/package.json`, JSON.stringify({ name: name === 'cli' ? 'sluice' : `@sluice/${name}` }))
    write(`packages/${name}/src/index.ts`, 'export {}')
  }
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('the arrows of the house', () => {
  test('a tree that keeps them has no problem', () => {
    write('packages/core/src/a.ts', "import { b } from './b.ts'\nexport const a = b")
    write('packages/core/src/b.ts', "import type { a } from './a.ts'\nexport const b = 1\nexport type A = typeof a")
    write('packages/core/src/a.test.ts', "import { test } from 'vitest'\nimport fc from 'fast-check'\nimport './a.ts'")
    write('packages/core/test/support.ts', "import { a } from '../src/a.ts'")
    write('packages/core/src/b.test.ts', "import { a } from '../test/support.ts'")
    write('packages/core/src/a.node.test.ts', "import { AsyncLocalStorage } from 'node:async_hooks'")
    write(
      'packages/http/src/a.ts',
      "import { a } from '@sluice/core'\nimport { Pool } from 'undici'\nimport 'node:dns'",
    )
    write('packages/riot/src/a.ts', "import { a } from '@sluice/core'\nimport { b } from '@sluice/http'")
    write('packages/riot/src/a.test.ts', "import { a } from '@sluice/riot-sim'")
    write('packages/cli/src/a.ts', "import { a } from '@sluice/riot-sim'\nimport { b } from '@sluice/core/testing'")
    expect(checkArrows(root)).toEqual([])
  })

  test.each([
    ['the core imports a package', 'core/src/a.ts', "import { Pool } from 'undici'", 'the core imports nothing'],
    ['the core imports Node', 'core/src/a.ts', "\nimport 'node:fs'", 'a.ts:2: the core imports nothing'],
    ['the core imports only a type', 'core/src/a.ts', "import type { X } from '@sluice/http'", 'imports nothing'],
    ['the core names a foreign type', 'core/src/a.ts', "export type X = import('undici').Pool", 'imports nothing'],
    ['the core imports at run time', 'core/src/a.ts', "await import('node:fs')", 'imports nothing'],
    ['the core imports what only shows later', 'core/src/a.ts', 'await import(name)', 'imports nothing'],
    ['the core requires', 'core/src/a.ts', "const fs = require('node:fs')", 'imports nothing'],
    ['a test of the core needs Node', 'core/src/a.test.ts', "import 'node:fs'", 'must run in a browser too'],
    ['http looks up to riot', 'http/src/a.ts', "export * from '@sluice/riot'", 'http may import core'],
    ['http uses threads', 'http/src/a.ts', "import '@sluice/threads'", 'http may import core'],
    ['riot uses the simulator', 'riot/src/a.ts', "import '@sluice/riot-sim'", 'riot may import http, core'],
    ['somebody uses the command', 'riot/src/a.ts', "import 'sluice'", 'riot may import http, core'],
    ['a path into another package', 'http/src/a.ts', "import '../../core/src/index.ts'", 'leaves the package'],
    ['the product imports what tests share', 'http/src/a.ts', "import '../test/a.ts'", 'belongs to the tests'],
    ['the product imports what is not built', 'http/src/a.ts', "import '../extra/a.js'", 'outside of src'],
    ['what tests of the core share needs Node', 'core/test/a.ts', "import 'node:fs'", 'must run in a browser too'],
    ['a package names itself', 'http/src/a.ts', "import '@sluice/http'", 'inside a package import by relative path'],
    ['the product imports a test', 'http/src/a.ts', "import './a.test.ts'", 'belongs to the tests'],
    [
      'a dependency of the core',
      'core/package.json',
      '{"name":"@sluice/core","dependencies":{"x":"1"}}',
      'depend on x',
    ],
    [
      'a dependency against the arrows',
      'http/package.json',
      '{"name":"@sluice/http","peerDependencies":{"@sluice/riot":"1"}}',
      'must not depend on @sluice/riot',
    ],
    ['a room without a row', 'shed/package.json', '{"name":"@sluice/shed"}', 'has no row in the table'],
  ])('%s: refused', (_, file, text, message) => {
    write(`packages/${file}`, text)
    const problems = checkArrows(root)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(message)
    expect(problems[0]).toContain(`packages/${file.split('/')[0]}`)
  })

  test('an import cycle inside a package: refused, and shown', () => {
    write('packages/http/src/a.ts', "import './b.ts'")
    write('packages/http/src/b.ts', "import { type C } from './deep/c.ts'")
    write('packages/http/src/deep/c.ts', "export { a } from '../a.ts'")
    expect(checkArrows(root)).toEqual(['packages/http: import cycle src/a.ts → src/b.ts → src/deep/c.ts → src/a.ts'])
  })

  test('a file that cannot be parsed is named', () => {
    write('packages/http/src/a.ts', 'import {')
    expect(() => checkArrows(root)).toThrow('packages/http/src/a.ts')
  })
})
