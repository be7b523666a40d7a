// npm run demo, as the README promises it.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { run } from '../scripts/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

test('the demo fetches 1,000 files, many times as fast as one after the other', async () => {
  const { code, stdout, output } = await run(`${JSON.stringify(process.execPath)} scripts/demo.mjs`, {
    cwd: root,
    limitMs: 200_000,
  })
  expect(code, output).toBe(0)
  expect(output).toMatch(/^1,000 ok, 0 failed, in /m)
  const [, times = '0'] = /times 20\): ([\d.]+) times as long\.$/m.exec(stdout) ?? []
  // The server alone takes 100 times as long one after the other; how much of that is left is a matter of the machine.
  expect(Number(times)).toBeGreaterThan(2)
  const lines = readFileSync(`${root}/out/demo.ndjson`, 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(1000)
  const keys = lines.map((line) => (JSON.parse(line) as { key: string }).key)
  expect(new Set(keys).size).toBe(1000)
}, 240_000)
