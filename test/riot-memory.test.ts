// `npm run memory`, shorter: memory that grew with each match would show after 5,000 of them, too.

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { run } from '../scripts/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

test('matches that are looked at and let go take no memory, those that are kept do', { timeout: 400_000 }, async () => {
  const { code, stdout, output } = await run(`${JSON.stringify(process.execPath)} scripts/riot-memory.mjs 5000`, {
    cwd: root,
    limitMs: 350_000,
  })
  expect(code, output).toBe(0)
  const more = [...stdout.matchAll(/ (-?\d+) MB more after all/g)].map(([, mb]) => Number(mb))
  expect(more).toHaveLength(2)
  // Four thousand more matches, parsed, are about 360 MB.
  expect(more[1]).toBeGreaterThan(240)
  expect(more[0]).toBeLessThanOrEqual(more[1]! / 4)
})
