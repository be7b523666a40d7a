import { defineConfig } from 'vitest/config'

// `npx vitest run [file…]` on Node. The browser has its own configuration, vitest.browser.config.ts, and the core's
// tests alone, as Deno, Bun and other Node versions run them, have vitest.core.config.ts. `npm test` runs them all.
export default defineConfig({
  resolve: { conditions: ['@sluice/source'] },
  ssr: { resolve: { conditions: ['@sluice/source'] } },
  test: {
    // Machines of CI are slow and shared; a test that hangs is found all the same.
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['packages/*/src/**/*.test-d.ts', 'test/**/*.test-d.ts'],
            tsconfig: 'tsconfig.tests.json',
            // Errors elsewhere are found by check:types.
            ignoreSourceErrors: true,
          },
        },
      },
    ],
  },
})
