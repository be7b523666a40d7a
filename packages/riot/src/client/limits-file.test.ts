import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEVELOPMENT_KEY, RiotSimulator, createFetch, startSimulator } from '@sluice/riot-sim'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RiotClient } from './riot-client.ts'

let folder: string
let limitsFile: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-limits-'))
  limitsFile = join(folder, 'limits.json')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

test('the next program knows what this one has used, and is not refused', async () => {
  await using server = await startSimulator({ keys: { [DEVELOPMENT_KEY]: { app: '30:3' } } })
  const options = { apiKey: DEVELOPMENT_KEY, platform: 'kr', baseUrl: `${server.url}/{route}`, limitsFile } as const
  const ask = async (count: number): Promise<void> => {
    await using riot = new RiotClient(options)
    await Promise.all(Array.from({ length: count }, () => riot.lolStatusV4.getPlatformData()))
  }
  await ask(30)
  // A client that had to find out would send one request, and be refused.
  await ask(5)
  expect(server.simulator.stats().statuses).toEqual({ 200: 35 })
  expect(readFileSync(limitsFile, 'utf8')).not.toContain(DEVELOPMENT_KEY)
  expect(readdirSync(folder)).toEqual(['limits.json'])
})

test('it is written while the client works, too: whoever is killed has lost little', async () => {
  const simulator = new RiotSimulator()
  const riot = new RiotClient({ apiKey: DEVELOPMENT_KEY, platform: 'kr', fetch: createFetch(simulator), limitsFile })
  await riot.lolStatusV4.getPlatformData()
  await expect.poll(() => readdirSync(folder)).toEqual(['limits.json'])
  expect(JSON.parse(readFileSync(limitsFile, 'utf8'))).toMatchObject({ version: 1 })
  await riot.close()
})

test('a damaged file costs a warning, and the limits are learned anew; one that cannot be written, too', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  writeFileSync(limitsFile, '{"version":1')
  const simulator = new RiotSimulator()
  const options = { apiKey: DEVELOPMENT_KEY, platform: 'kr', fetch: createFetch(simulator) } as const
  {
    await using riot = new RiotClient({ ...options, limitsFile })
    expect(warn.mock.calls[0]![0]).toMatch(/limits\.json holds no limits that can be read/)
    await riot.lolStatusV4.getPlatformData()
  }
  expect(JSON.parse(readFileSync(limitsFile, 'utf8'))).toMatchObject({ version: 1 })
  warn.mockClear()
  {
    await using riot = new RiotClient({ ...options, limitsFile: join(folder, 'missing', 'limits.json') })
    await riot.lolStatusV4.getPlatformData()
  }
  expect(warn).toHaveBeenCalledTimes(1)
  expect(warn.mock.calls[0]![0]).toMatch(/the limits cannot be written to .*; the work goes on/)
})
