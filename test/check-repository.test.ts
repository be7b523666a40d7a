import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkLockfile, checkRepository } from '../scripts/check-repository.mjs'

let root: string
const write = (name: string, text: string) => writeFileSync(join(root, name), text)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-repository-'))
  execFileSync('git', ['init', '-q'], { cwd: root })
  write('package-lock.json', '{"packages":{}}')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('what must not be committed', () => {
  // Put together here, so that this file itself passes the check.
  test.each([
    ['/work', '/main/packages'],
    ['cd /tm', 'p/x'],
    ['"/roo', 't/.npmrc"'],
    ['/hom', 'e/somebody/x'],
    ['../share', 'd/LAWS.md'],
    ['https://registry.npmj', 's.org/x'],
  ])('%s…: refused, with its line', (start, end) => {
    write('a.md', `fine\n${start}${end}\n`)
    expect(checkRepository(root)).toEqual([expect.stringMatching(/^a\.md:2: names .+/)])
  })

  test('ordinary text, relative paths, binary and ignored files pass', () => {
    write('.gitignore', 'ignored')
    write('ignored', ['', 'tmp', 'x'].join('/'))
    write('a.bin', ['\0', 'tmp', 'x'].join('/'))
    write('a.md', 'the work/main thing, test/tmp/x, https://www.npmjs.com/package/x, a/root/b, #!/usr/bin/env node')
    expect(checkRepository(root)).toEqual([])
  })

  test('a download address or an install script in the lockfile: refused', () => {
    expect(
      checkLockfile({
        packages: {
          '': {},
          'packages/core': { resolved: 'packages/core' },
          'node_modules/@sluice/core': { resolved: 'packages/core', link: true },
          'node_modules/good': {},
          'node_modules/a': { resolved: 'https://example.com/a.tgz' },
          'node_modules/b': { resolved: 'git+ssh://example.com/b.git' },
          'node_modules/c': { hasInstallScript: true },
        },
      }),
    ).toEqual([
      expect.stringContaining('node_modules/a names a download address'),
      expect.stringContaining('node_modules/b names a download address'),
      expect.stringContaining('node_modules/c has an install script'),
    ])
  })
})
