import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../scripts/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}packages/core/dist`

beforeAll(async () => {
  const { code, output } = await run('node scripts/build.mjs packages/core', { cwd: root })
  if (code !== 0) throw new Error(output)
}, 120_000)

/** What a module of its own prints, as Node loads the package. */
async function load(code: string, ...flags: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '-e', code], {
    cwd: root,
  })
  return stdout.trim()
}

test('the core is one file behind its entries', () => {
  const modules = readdirSync(dist).filter((name) => name.endsWith('.js'))
  expect(modules.toSorted()).toEqual(['core.js', 'index.js', 'internal.js', 'testing.js'])
})

test('a class is the same through each entry', async () => {
  const code = `
    import { DeadlockError } from '@sluice/core'
    import { VirtualClock } from '@sluice/core/testing'
    const error = await new VirtualClock().run(() => new Promise(() => {})).catch((thrown) => thrown)
    console.log(error instanceof DeadlockError)`
  expect(await load(code)).toBe('true')
})

test('an error tells its place in the sources, which are in the package', async () => {
  const code = `import { Semaphore } from '@sluice/core'; try { new Semaphore(-1) } catch (error) { console.log(error.stack) }`
  expect(await load(code, '--enable-source-maps')).toMatch(/packages\/core\/src\/semaphore\.ts:\d+/)
  expect(JSON.parse(readFileSync(`${dist}/core.js.map`, 'utf8')).sourcesContent).toBeUndefined()
})
