// How the sluice command ends when somebody stops it, or stops reading.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cli, buildCli } from './cli-process.ts'
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

/** Longer than two signals of one Ctrl-C are apart. */
const pause = (ms = 150): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))
/** Waits until so many requests are being answered. */
const busy = async (count: number): Promise<void> => {
  await vi.waitFor(() => expect(server.load.now).toBe(count), { timeout: 30_000, interval: 20 })
}
const items = (count: number): string => Array.from({ length: count }, (_, i) => `${i}\n`).join('')

test('the first Ctrl-C begins nothing new, and what is in flight ends', async () => {
  const running = cli.start(['fetch', `${server.url}/held/{}`, '-c', '3'], { stdin: items(100), open: true })
  await busy(3)
  running.child.kill('SIGINT')
  await running.hears(/^draining 3 in flight, at most 30s; Ctrl-C again aborts$/m)
  server.release()
  const { code, lines, stderr } = await running.ended
  expect(lines.map(({ data }) => data)).toEqual([{ n: '0' }, { n: '1' }, { n: '2' }])
  // Not even the one that had been waiting for a slot.
  expect(server.requests.map(({ path }) => path)).toEqual(['/held/0', '/held/1', '/held/2'])
  expect(code).toBe(130)
  expect(stderr).toContain('3 ok, 0 failed, the rest not done')
})

test('the second aborts, and what was done is kept', async () => {
  const running = cli.start(['fetch', `${server.url}/{}`, 'ok', 'held', 'held', '-c', '3'])
  await busy(2)
  await vi.waitFor(() => expect(running.said.stdout).toContain('\n'), { timeout: 10_000 })
  running.child.kill('SIGINT')
  await running.hears(/draining 2/)
  await pause()
  running.child.kill('SIGINT')
  const { code, lines, stderr } = await running.ended
  expect(stderr).toContain('aborting 2 in flight; Ctrl-C again exits at once')
  expect(stderr).toContain('1 ok, 0 failed, 2 not done')
  expect([code, lines.length]).toEqual([130, 1])
  server.release()
})

test('SIGTERM drains too, and the exit code tells them apart', async () => {
  const running = cli.start(['fetch', `${server.url}/held/{}`, '1'])
  await busy(1)
  running.child.kill('SIGTERM')
  await running.hears(/draining 1/)
  server.release()
  expect(await running.ended).toMatchObject({ code: 143, signal: null })
})

test('a run that waits for its rate, for a retry or for its input is stopped as well', async () => {
  const rate = cli.start(['fetch', `${server.url}/ok/{}`, '1', '2', '3', '-r', '1/1h'])
  await vi.waitFor(() => expect(rate.said.stdout).toContain('\n'), { timeout: 30_000 })
  rate.child.kill('SIGINT')
  expect(await rate.ended).toMatchObject({ code: 130, lines: [{ key: '1' }] })

  const input = cli.start(['fetch', `${server.url}/ok/{}`], { stdin: 'a\n', open: true })
  await vi.waitFor(() => expect(input.said.stdout).toContain('\n'), { timeout: 30_000 })
  input.child.kill('SIGINT')
  expect(await input.ended).toMatchObject({ code: 130, lines: [{ key: 'a' }] })

  const backoff = cli.start(['fetch', `${server.url}/status/503`, '--backoff', 'fixed:1h', '-vv'])
  await backoff.hears(/try 1/)
  backoff.child.kill('SIGINT')
  await backoff.hears(/draining 1 in flight/)
  await pause()
  backoff.child.kill('SIGINT')
  expect(await backoff.ended).toMatchObject({ code: 130, stdout: '' })
})

test('the third exits at once', async () => {
  // It takes one whose output nobody takes: any other has ended after the second.
  const running = cli.start(['fetch', `${server.url}/big?{}`, '-c', '20'], { stdin: items(500) })
  running.stdout.pause()
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(20), { timeout: 30_000 })
  running.child.kill('SIGINT')
  await running.hears(/Ctrl-C again aborts|nothing is in flight/)
  await pause()
  running.child.kill('SIGINT')
  await pause(1000)
  expect(running.child.exitCode).toBeNull()
  running.child.kill('SIGINT')
  const [code] = (await once(running.child, 'exit')) as [number | null]
  expect(code).toBe(130)
  running.stdout.resume()
  await running.ended
})

test('a reader that has seen enough ends the run quietly, with 0', async () => {
  const shell = spawn(
    'bash',
    ['-c', `set -o pipefail; "$0" "$1" fetch "$2/ok/{}" | head -n 1`, process.execPath, cli.bin, server.url],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let stdout = ''
  let stderr = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  shell.stdin.on('error', () => {})
  shell.stdin.end(items(20_000))
  const [code] = (await once(shell, 'close')) as [number]
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({ status: 200 })
})

test('a reader that is slow makes the run wait, and costs no memory', async () => {
  const before = server.requests.length
  const running = cli.start(['fetch', `${server.url}/big?{}`, '-c', '4'], { stdin: items(5000) })
  running.stdout.pause()
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(before + 4), { timeout: 30_000 })
  await pause(1500)
  // What a pipe holds, and what is in flight: far from all.
  expect(server.requests.length - before).toBeLessThan(200)
  running.child.kill('SIGINT')
  running.stdout.resume()
  expect((await running.ended).code).toBe(130)
})

test('SIGUSR1 tells what runs, longest first, and the state of every limit', async () => {
  const running = cli.start(['fetch', `${server.url}/held/{}`, 'one', 'two', 'three', '-c', '2', '-r', '10/1h'])
  await busy(2)
  running.child.kill('SIGUSR1')
  await running.hears(
    /^-- 2 in flight, 0 wait for their next attempt; limit: all 2 slots are busy; -c would allow more\n +[\d.]+m?s {2}try 1 {2}one\n +[\d.]+m?s {2}try 1 {2}two\n +rate: 10\/h 2\/10\n/,
  )
  server.release()
  await busy(1)
  server.release()
  expect((await running.ended).code).toBe(0)
})
