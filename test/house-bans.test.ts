import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const workspace = fileURLToPath(new URL('..', import.meta.url))

/** What oxlint finds restricted in these files with this workspace's configuration: `file: message`, sorted. */
function lint(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'sluice-bans-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  copyFileSync(join(workspace, '.oxlintrc.json'), join(root, '.oxlintrc.json'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const oxlint = join(workspace, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: root, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; message: string }[] }
  return diagnostics
    .map(({ filename, message }) => `${filename}: ${message}`)
    .filter((line) => line.includes('restricted'))
    .sort()
}

const races = 'export const f = (a: Promise<void>[]): Promise<void> => Promise.race(a)'

test('the product must not use what leaks or keeps a time of its own; tests, examples and benchmarks may', () => {
  const found = lint({
    'packages/core/src/a.ts': races,
    'packages/http/src/b.ts': "export const f = (a: Promise<void>[]): Promise<void> => Promise['race'](a)",
    'packages/http/src/c.ts': 'export const { race } = Promise',
    'packages/http/src/d.ts': 'export const f = (a: AbortSignal[]): AbortSignal => AbortSignal.any(a)',
    'packages/http/src/e.ts': 'export const f = (): AbortSignal => AbortSignal.timeout(5)',
    'packages/core/src/a.test.ts': races,
    'test/a.ts': races,
    'examples/a.ts': races,
    'bench/core/a.ts': races,
  })
  expect(found).toEqual([
    "packages/core/src/a.ts: 'Promise.race' is restricted from being used.",
    "packages/http/src/b.ts: 'Promise.race' is restricted from being used.",
    "packages/http/src/c.ts: 'Promise.race' is restricted from being used.",
    "packages/http/src/d.ts: 'AbortSignal.any' is restricted from being used.",
    "packages/http/src/e.ts: 'AbortSignal.timeout' is restricted from being used.",
  ])
})
