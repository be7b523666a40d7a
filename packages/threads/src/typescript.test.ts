import { afterAll, expect, test, vi } from 'vitest'
import { ThreadPool } from './thread-pool.ts'

// Starting real workers takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const TYPED = new URL('../fixtures/typed.ts', import.meta.url)
const pool = new ThreadPool({ size: 1, execArgv: [] })
afterAll(() => pool.close())

const runsTypeScript = Boolean((process.features as { typescript?: unknown }).typescript)

test.runIf(runsTypeScript)('a module in TypeScript runs where Node runs it', async () => {
  expect(await pool.run(TYPED, { name: 'double', args: [21] })).toBe(42)
})

test.skipIf(runsTypeScript)('a module in TypeScript is refused with advice where Node cannot run it', async () => {
  await expect(pool.run(TYPED, { name: 'double', args: [21] })).rejects.toThrow(
    /^Node v\S+ cannot run file:.*typed\.ts, which is TypeScript: name the compiled \.js file, or give a pool a loader/,
  )
})
