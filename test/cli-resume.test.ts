// The sluice command goes on where an earlier call has stopped, whatever stopped it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../packages/runs/src/store/sqlite.ts'
import { type Cli, type Line, buildCli } from './cli-process.ts'
import { type CliServer, startCliServer } from './cli-server.ts'

vi.setConfig({ testTimeout: 60_000 })

let cli: Cli
let server: CliServer
beforeAll(async () => {
  ;[cli, server] = await Promise.all([buildCli(), startCliServer()])
}, 60_000)
afterAll(async () => {
  cli[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

const read = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
const ids = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `${from + i}\n`).join('')
const keys = (path: string): number[] =>
  read(path)
    .map(({ key }) => Number(key))
    .sort((a, b) => a - b)
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
const place = (name: string): string => {
  const folder = join(cli.folder, name)
  mkdirSync(folder)
  return folder
}

test('after a kill the same command goes on, and says what it found', async () => {
  const folder = place('kill')
  const [input, out] = [join(folder, 'ids.txt'), join(folder, 'out.ndjson')]
  writeFileSync(input, ids(0, 3000))
  const args = ['fetch', `${server.url}/ok/{}`, '-i', input, '-o', out, '-c', '8']
  const before = server.requests.length
  let kills = 0
  for (; kills < 4; kills++) {
    const size = (): number => statSync(out, { throwIfNoEntry: false })?.size ?? 0
    const had = size()
    // Four times what the rate lets through in the time until the kill is not all of it, however fast the machine.
    const running = cli.start([...args, '-r', '300/s'])
    await vi.waitFor(() => expect(size()).toBeGreaterThan(had), { timeout: 20_000, interval: 20 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    running.child.kill('SIGKILL')
    await running.ended
  }
  const done = read(out).length
  expect(done).toBeGreaterThan(100)
  expect(done).toBeLessThan(3000)
  // Some more, and some less.
  writeFileSync(input, ids(5, 3400))
  const last = await cli.run(args)
  expect(last.code).toBe(0)
  expect(last.stderr).toMatch(/^resumed: [\d,]+ of 3,395 done, 400 new, 5 gone$/m)
  expect(last.stderr).toMatch(/^3,400 ok, 0 failed, [\d,]+ of them before, /m)
  expect(keys(out)).toEqual(range(0, 3400))
  // In flight, or not yet written.
  expect(server.requests.length - before - 3400).toBeLessThanOrEqual(kills * (8 + 200))

  const again = await cli.run(args)
  expect(again.code).toBe(0)
  expect(again.stderr).toMatch(/^resumed: 3,395 of 3,395 done, 5 gone$/m)
  expect(server.requests.length - before - 3400).toBeLessThanOrEqual(kills * (8 + 200))
})

test('Ctrl-C drains, and the same command goes on', async () => {
  const out = join(place('drain'), 'out.ndjson')
  const args = ['fetch', `${server.url}/slow/{+}`, '-o', out, '-c', '4']
  const stdin = Array.from({ length: 60 }, (_, i) => `20?${i}\n`).join('')
  const running = cli.start(args, { stdin })
  await vi.waitFor(() => expect(statSync(out, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0))
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect(code).toBe(130)
  expect(stderr).toMatch(/the same command resumes/)
  const before = read(out).length
  expect(before).toBeLessThan(60)
  const last = await cli.run(args, { stdin })
  expect([last.code, new Set(read(out).map(({ key }) => key)).size, read(out).length]).toEqual([0, 60, 60])
  expect(last.stderr).toContain(`resumed: ${before} of 60 done\n`)
})

test('what has failed is told, kept, and tried again when it is asked for', async () => {
  const folder = place('failed')
  const [out, failed] = [join(folder, 'out.ndjson.gz'), join(folder, 'failed.ndjson')]
  const args = [
    'fetch',
    `${server.url}/{+}`,
    'ok/1',
    'once/500',
    'status/404',
    '-o',
    out,
    '--failed',
    failed,
    '--retries',
    '0',
  ]
  expect((await cli.run(args)).code).toBe(100)
  const list = (): unknown[] =>
    readFileSync(failed, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  expect(list()).toEqual(['once/500', 'status/404'])
  expect(statSync(failed).mode & 0o077).toBe(0)
  const still = await cli.run(args)
  expect([still.code, still.stderr]).toEqual([
    100,
    expect.stringContaining('resumed: 3 of 3 done, 2 failed (--retry-failed tries them again)'),
  ])
  expect((await cli.run([...args, '--retry-failed'])).code).toBe(100)
  expect(list()).toEqual(['status/404'])
  const { gunzipSync } = await import('node:zlib')
  const lines = gunzipSync(readFileSync(out))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  expect(lines.map(({ key, status }) => `${key} ${status}`).sort()).toEqual([
    'ok/1 200',
    'once/500 200',
    'status/404 404',
  ])
  // A list that is somebody else's stays as it is.
  const foreign = join(folder, 'foreign.ndjson')
  writeFileSync(foreign, 'mine\n')
  const refused = await cli.run([...args.slice(0, -3), foreign])
  expect([refused.code, readFileSync(foreign, 'utf8')]).toEqual([2, 'mine\n'])
})

test('retries that are used up stay used up', async () => {
  const out = join(place('budget'), 'out.ndjson')
  const args = ['fetch', `${server.url}/status/503?budget`, '-o', out, '--retries', '2', '--backoff', 'fixed:400ms']
  const before = server.requests.length
  const running = cli.start([...args, '-vv'])
  await running.hears(/try 2/)
  // The second failure is in the store after some ms, and the next attempt has not begun.
  await new Promise((resolve) => setTimeout(resolve, 150))
  running.child.kill('SIGKILL')
  await running.ended
  expect((await cli.run(args)).code).toBe(100)
  expect(read(out)).toMatchObject([{ attempts: 3, status: 503 }])
  expect(server.requests.length - before).toBe(3)
})

test('a store that does not fit ends with 103, and is left alone', async () => {
  const folder = place('fit')
  const out = join(folder, 'out.ndjson')
  const args = (path: string): string[] => ['fetch', `${server.url}/${path}/{}`, '1', '2', '-o', out]
  expect((await cli.run(args('ok'))).code).toBe(0)
  const before = readFileSync(out, 'utf8')
  const refused = async (path: string, text: RegExp): Promise<void> => {
    const { code, stderr } = await cli.run(args(path))
    expect(stderr).toMatch(text)
    expect(code).toBe(103)
  }
  await refused('echo', /belongs to another job \(template was .*\/ok\/\{\}", and is .*\/echo\/\{\}"\): .* --fresh/)

  writeFileSync(out, `${before.slice(0, -2)} \n`)
  await refused('ok', /out\.ndjson was changed by somebody else/)
  writeFileSync(out, before)

  const running = cli.start([...args('held').slice(0, 2), '1', '-o', join(folder, 'held.ndjson')])
  await vi.waitFor(() => expect(server.load.now).toBe(1), { timeout: 20_000 })
  const second = await cli.run([...args('held').slice(0, 2), '1', '-o', join(folder, 'held.ndjson')])
  expect(second.stderr).toMatch(new RegExp(`is in use by process ${running.child.pid} since \\d{4}-`))
  expect(second.code).toBe(103)
  server.release()
  expect((await running.ended).code).toBe(0)

  const database = openDatabase(join(`${out}.sluice`, 'store.sqlite'))
  database.exec('PRAGMA user_version=99')
  database.close()
  await refused('ok', /was written in format 99 of the store, and this version of Sluice knows format 1/)
  expect(readFileSync(out, 'utf8')).toBe(before)
})

test('without room the run ends with 1 and no stack, and goes on when there is some', async () => {
  const out = join(place('full'), 'out.ndjson')
  const args = ['fetch', `${server.url}/ok/{}`, '-o', out, '-c', '8']
  const stdin = ids(0, 1500)
  // No file may grow beyond 64 blocks of 1 kB, and a write beyond that is an error, as on a full disk.
  const limit = 'trap \'\' XFSZ; ulimit -f 64; exec "$0" "$@"'
  const state = { PATH: process.env['PATH'], SLUICE_STATE_DIR: join(cli.folder, 'state') }
  const shell = spawn('bash', ['-c', limit, process.execPath, cli.bin, ...args], { env: state })
  let stderr = ''
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  shell.stdin.on('error', () => {})
  shell.stdin.end(stdin)
  const [code] = (await once(shell, 'close')) as [number]
  expect(stderr).toMatch(/^stopped: cannot write \S+out\.ndjson(\.sluice)?: .*; the same command resumes$/m)
  expect(stderr).not.toContain('unexpected')
  expect(code).toBe(1)
  expect((await cli.run(args, { stdin })).code).toBe(0)
  expect(keys(out)).toEqual(range(0, 1500))
})

test.skipIf(process.platform !== 'linux')('a million lines take no more than 150 MB', async () => {
  const folder = place('million')
  const input = join(folder, 'ids.txt')
  writeFileSync(input, ids(1_000_000, 2_000_000))
  const running = cli.start(['fetch', `${server.url}/ok/{}`, '-i', input, '-o', join(folder, 'out.ndjson'), '-q'])
  await new Promise((resolve) => setTimeout(resolve, 6000))
  const most = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${running.child.pid}/status`, 'utf8'))?.[1]) / 1024
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(130)
  expect(most).toBeLessThan(150)
})

test('keys that come twice are fetched once, and long ones are no trouble', async () => {
  const folder = place('keys')
  const out = join(folder, 'out.ndjson')
  const long = 'k'.repeat(10_000)
  const stdin = `1\n${long}\n1\n${long}x\n2\n${long}\n`
  const args = ['fetch', `${server.url}/ok/1?{}`, '-o', out]
  const { code, stderr } = await cli.run(args, { stdin })
  expect(code).toBe(0)
  expect(stderr).toContain('4 ok, 0 failed, 2 duplicates, in ')
  expect(
    read(out)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['1', '2', long, `${long}x`])
  expect((await cli.run(args, { stdin })).stderr).toContain('resumed: 4 of 4 done\n')
  // Items that say how they are made differ by that.
  const posts = join(folder, 'posts.ndjson')
  const bodies = [{ body: { a: 1 } }, { body: { a: 2 } }, { body: { a: 1 } }].map((own) => ({
    url: `${server.url}/echo`,
    ...own,
  }))
  const input = bodies.map((item) => `${JSON.stringify(item)}\n`).join('')
  await cli.run(['fetch', '-o', posts], { stdin: input })
  expect(
    read(posts)
      .map(({ data }) => (data as { body: string }).body)
      .sort(),
  ).toEqual(['{"a":1}', '{"a":2}'])
})
