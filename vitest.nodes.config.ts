import { defineConfig } from 'vitest/config'
import { CORE_TESTS } from './vitest.core.config.ts'

// What must hold on every Node: the core, and the runs, whose SQLite is another one on Node 20 than on the others.
export default defineConfig({
  resolve: { conditions: ['@sluice/source'] },
  ssr: { resolve: { conditions: ['@sluice/source'] } },
  test: {
    name: 'nodes',
    testTimeout: 60_000,
    include: [...CORE_TESTS.include, 'packages/runs/src/**/*.test.ts', 'test/runs-fixtures.test.ts'],
    exclude: CORE_TESTS.exclude,
  },
})
