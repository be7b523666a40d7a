// Where the flags of the sluice command come from: its command line, the environment, a config file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cli, type Ended, buildCli } from './cli-process.ts'

vi.setConfig({ testTimeout: 60_000 })

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
}, 60_000)
afterAll(() => cli[Symbol.dispose]())

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(cli.folder, 'config-'))
  return () => rmSync(folder, { recursive: true })
})
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
/** The estimate of a dry run tells the rate that holds. */
const dry = (env: Record<string, string> = {}, ...args: string[]): Promise<Ended> =>
  cli.run(['fetch', 'https://api.example.com/{}', ...Array.from({ length: 9 }, (_, i) => String(i)), '-n', ...args], {
    cwd: folder,
    env,
  })
const rate = async (env?: Record<string, string>, ...args: string[]): Promise<string | undefined> =>
  /at (.*):/.exec((await dry(env, ...args)).stdout)?.[1]

test('the command line goes before the environment, that before the config file, and that before the default', async () => {
  expect(await rate()).toBeUndefined()
  write('sluice.config.json', '{ "rate": "1/s" }')
  expect(await rate()).toBe('1/s')
  write('sluice.config.json', '{ "rate": "1/s", "fetch": { "rate": "2/s" } }')
  expect(await rate()).toBe('2/s')
  expect(await rate({ SLUICE_RATE: '3/s' })).toBe('3/s')
  expect(await rate({ SLUICE_RATE: '3/s' }, '-r', '4/s')).toBe('4/s')
})

test('a config file may be a module, also in TypeScript, or lie elsewhere', async () => {
  write('sluice.config.mjs', 'export default { fetch: { rate: `${2 + 3}/s` } }')
  expect(await rate()).toBe('5/s')
  rmSync(join(folder, 'sluice.config.mjs'))
  write('sluice.config.ts', 'const rate: string = "6/s"\nexport default { fetch: { rate } } satisfies object')
  expect(await rate()).toBe('6/s')
  write('other.json', '{ "rate": "7/s" }')
  expect(await rate({ SLUICE_CONFIG: 'other.json' })).toBe('7/s')
})

test('every kind of flag can be set', async () => {
  write(
    'sluice.config.json',
    JSON.stringify({ fetch: { header: ['X-One: 1', 'X-Two: 2'], retries: 7, strict: true, color: false, verbose: 2 } }),
  )
  const { stdout, code } = await dry({ SLUICE_NO_COLOR: '1', SLUICE_QUIET: '0' })
  expect([code, stdout]).toEqual([0, expect.stringContaining('X-One: 1\n  X-Two: 2\n')])
  expect((await dry({ SLUICE_HEADER: 'X-Three: 3\nX-Four: 4' })).stdout).toContain('X-Three: 3\n  X-Four: 4\n')
})

test('a command inside of a command has a part inside of a part', async () => {
  const requests = async (config: object): Promise<string | undefined> => {
    write('sluice.config.json', JSON.stringify(config))
    const { stdout } = await cli.run(['riot', 'matches', 'Name#TAG', '-p', 'euw1', '-n'], { cwd: folder })
    return /at most (\d+) requests,/.exec(stdout)?.[1]
  }
  // One for the account, one for the ids, and the matches.
  expect(await requests({})).toBe('22')
  expect(await requests({ count: 3 })).toBe('5')
  expect(await requests({ count: 3, riot: { count: 4 } })).toBe('6')
  expect(await requests({ count: 3, riot: { count: 4, matches: { count: 5 } } })).toBe('7')
})

test('what is wrong is told with the variable, or the file and the name in it', async () => {
  const refused = async (env: Record<string, string> = {}): Promise<string> => {
    const { code, stderr } = await dry(env)
    expect(code).toBe(2)
    return stderr.replaceAll(folder, 'DIR')
  }
  expect(await refused({ SLUICE_RATE: '5' })).toMatch(/^sluice: SLUICE_RATE: --rate 5: .*does not say per what/)
  expect(await refused({ SLUICE_STRICT: 'maybe' })).toBe('sluice: SLUICE_STRICT=maybe: write 1 or 0\n')
  write('sluice.config.json', '{ "fetch": { "retries": "some" } }')
  expect(await refused()).toMatch(
    /^sluice: DIR\/sluice.config.json, fetch.retries: --retries some: write a whole number/,
  )
  write('sluice.config.json', '{ "fetch": { "strict": "yes" } }')
  expect(await refused()).toBe('sluice: DIR/sluice.config.json, fetch.strict: must be true or false, not "yes"\n')
  write('sluice.config.json', '{ "fetch": { "retris": 1 } }')
  expect(await refused()).toMatch(
    /^sluice: DIR\/sluice.config.json, fetch.retris: there is no such option; write one of input, inputFormat,/,
  )
  write('sluice.config.json', '{ "fetch": ')
  expect(await refused()).toMatch(/^sluice: DIR\/sluice.config.json: .*JSON/)
  write('sluice.config.mjs', 'export default {}')
  expect(await refused()).toBe(
    'sluice: there are two config files, DIR/sluice.config.mjs and DIR/sluice.config.json: keep one of them\n',
  )
  expect(await refused({ SLUICE_CONFIG: 'none.mjs' })).toMatch(/^sluice: DIR\/none.mjs: Cannot find module/)
})
