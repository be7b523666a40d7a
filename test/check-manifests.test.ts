import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkManifests } from '../scripts/check-manifests.mjs'

const good = {
  name: '@sluice/core',
  version: '1.2.3',
  description: 'A.',
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20' },
}

function check(second: object, licence = 'free'): string[] {
  const root = mkdtempSync(join(tmpdir(), 'sluice-manifests-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const files = {
    'package.json': JSON.stringify({ engines: { node: '>=20' } }),
    LICENSE: 'free',
    'packages/core/package.json': JSON.stringify(good),
    'packages/core/LICENSE': 'free',
    'packages/http/package.json': JSON.stringify({ ...good, name: '@sluice/http', ...second }),
    'packages/http/LICENSE': licence,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return checkManifests(root)
}

test('manifests that agree have no problem', () => {
  expect(check({ dependencies: { '@sluice/core': '1.2.3', undici: '^7.0.0' } })).toEqual([])
})

test.each([
  ['another version', { version: '1.2.4' }, 'version must be "1.2.3", not "1.2.4"'],
  [
    'a range of versions',
    { dependencies: { '@sluice/core': '^1.2.3' } },
    'the version of @sluice/core must be "1.2.3"',
  ],
  ['another licence', { license: 'ISC' }, 'license must be "MIT", not "ISC"'],
  ['other Nodes', { engines: {} }, 'engines.node must be ">=20", not undefined'],
  ['CommonJS', { type: 'commonjs' }, 'type must be "module"'],
  ['no word about side effects', { sideEffects: undefined }, 'sideEffects must be false'],
  ['no description', { description: undefined }, 'needs a description'],
])('%s: refused', (_, second, message) => {
  expect(check(second)).toEqual([expect.stringContaining(message)])
})

test('a licence of its own, or none: refused', () => {
  expect(check({}, 'other')).toEqual([expect.stringContaining('packages/http/LICENSE')])
})
