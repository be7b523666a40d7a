import { defineConfig } from 'vitest/config'

/** The part of the suite that needs nothing of Node: it runs in a browser, on Deno, on Bun and on other Nodes too. */
export const CORE_TESTS = {
  include: ['packages/core/src/**/*.test.ts'],
  exclude: ['**/*.node.test.ts', '**/node_modules/**'],
}

export default defineConfig({
  resolve: { conditions: ['@sluice/source'] },
  ssr: { resolve: { conditions: ['@sluice/source'] } },
  test: { name: 'core', testTimeout: 60_000, ...CORE_TESTS },
})
