import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './scripts/engines.mjs'
import { CORE_TESTS } from './vitest.core.config.ts'

const executablePath = findChromium()
if (executablePath === undefined) {
  throw new Error('no Chromium found: install one (apt-get install chromium) or say where it is in CHROMIUM_PATH')
}

// Without these, Chromium asks its maker's servers for updates and the like at every start.
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
// Chromium refuses to run its sandbox as root, which is who runs in a container.
const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet

export default defineConfig({
  resolve: { conditions: ['@sluice/source'] },
  // Found now, so that no page reloads half-way because a dependency turned up late.
  optimizeDeps: { include: ['fast-check'] },
  test: {
    testTimeout: 60_000,
    name: 'browser',
    ...CORE_TESTS,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args } }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
