// Makes the core out of its sources: one file behind the entries in place of some seventy, which is most of the time and the memory that importing it takes.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { filesUnder } from './source-files.mjs'

const core = resolve(fileURLToPath(import.meta.url), '../../packages/core')
const folder = join(core, 'dist')

/** The entries of `packages/core/package.json`. What they share lies in one file, so that a class is the same through each of them. */
const ENTRIES = ['index', 'testing', 'internal']
/** What only one entry needs stays with it. */
const ALONE = /\/(?:testing|virtual-clock)\.ts$/

/** Whether nothing has changed since the last time. */
function isFresh() {
  const made = join(folder, 'index.js')
  if (!existsSync(made)) return false
  const { mtimeMs } = statSync(made)
  const sources = filesUnder(core, (path) => path === 'tsconfig.json' || /^src\/.*(?<!\.test)\.ts$/.test(path))
  return [fileURLToPath(import.meta.url), ...sources.map((path) => join(core, path))].every(
    (file) => statSync(file).mtimeMs < mtimeMs,
  )
}

/** Writes `packages/core/dist/*.js` with their source maps; the types beside them are tsc's. */
export async function bundleCore() {
  if (isFresh()) return
  const bundle = await rolldown({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(core, 'src', `${name}.ts`)])),
    platform: 'neutral',
    // A field is set in the constructor, as there.
    tsconfig: join(core, 'tsconfig.json'),
    logLevel: 'warn',
  })
  const { output } = await bundle.generate({
    dir: folder,
    format: 'esm',
    sourcemap: true,
    // The types have the docstrings.
    comments: { annotation: true, jsdoc: false, legal: true },
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'core', test: (id) => !ALONE.test(id) }] },
  })
  await bundle.close()
  mkdirSync(folder, { recursive: true })
  const files = new Set(output.map(({ fileName }) => fileName))
  for (const name of readdirSync(folder)) {
    if (/\.js(?:\.map)?$/.test(name) && !files.has(name)) rmSync(join(folder, name))
  }
  // The entries last: who finds them finds the rest.
  for (const file of output.toReversed()) {
    const text = file.type === 'chunk' ? file.code : withoutSources(String(file.source))
    // Renamed when it is whole: tests that build run beside others which load it.
    const part = join(folder, `${file.fileName}.${process.pid}`)
    writeFileSync(part, text)
    renameSync(part, join(folder, file.fileName))
  }
}

/** The sources are in the package, and need not be in the map as well. @param {string} map */
function withoutSources(map) {
  const { sourcesContent: _, ...rest } = JSON.parse(map)
  return JSON.stringify(rest)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCore()
