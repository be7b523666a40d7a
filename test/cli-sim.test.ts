// `sluice sim` and `sluice try`, the one asked by the other.

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cli, type Running, buildCli } from './cli-process.ts'
import { type CliServer, startCliServer } from './cli-server.ts'

vi.setConfig({ testTimeout: 60_000 })

const KEY = 'RGAPI-a-key-of-mine'
let cli: Cli
let server: CliServer
beforeAll(async () => {
  ;[cli, server] = await Promise.all([buildCli(), startCliServer()])
}, 60_000)
afterAll(async () => {
  cli[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

/** Starts a simulator; its address is what it writes to standard output. */
async function sim(...args: string[]): Promise<{ running: Running; url: string }> {
  const running = cli.start(['sim', ...args])
  await vi.waitFor(() => expect(running.said.stdout).toContain('\n'), { timeout: 30_000 })
  return { running, url: running.said.stdout.trim() }
}

test('the simulator answers until Ctrl-C, tells how to ask it, and what it has seen', async () => {
  const { running, url } = await sim()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  // The example is ready to be pasted.
  const [, header = '', address = ''] = /curl -H '([^']*)' '([^']*)'/.exec(running.said.stderr) ?? []
  const [name = '', value = ''] = header.split(': ')
  const response = await fetch(address, { headers: { [name]: value } })
  expect([response.status, ((await response.json()) as string[]).length]).toEqual([200, 20])
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect([code, stderr.trimEnd().split('\n').at(-1)]).toEqual([0, 'ended after 1 request: 1 × 200'])
})

test('keys, limits, seed and speed are those that were asked for', async () => {
  const { running, url } = await sim(
    '--key',
    `${KEY}=2/10s`,
    '--method',
    'lol-status-v4.getPlatformData=3:60',
    '--speed',
    '60',
    '-q',
  )
  const ask = (): Promise<Response> =>
    fetch(`${url}/euw1/lol/status/v4/platform-data`, { headers: { 'X-Riot-Token': KEY } })
  const first = await ask()
  expect([first.headers.get('x-app-rate-limit'), first.headers.get('x-method-rate-limit')]).toEqual(['2:10', '3:60'])
  await ask()
  expect((await ask()).status).toBe(429)
  running.child.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
})

test('wrong options of the simulator are refused', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stderr, stdout } = await cli.run(['sim', ...args])
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }
  const { port } = new URL(server.url)
  expect(await refused('--port', port)).toBe(`sluice: --port ${port}: it is taken; name another, or leave it out\n`)
  expect(await refused('--port', '70000')).toContain('--port 70000: write a number from 0 to 65535')
  expect(await refused('--latency', 'slow')).toContain('--latency slow: write none, near, prod, far, awful')
  expect(await refused('--key', 'K=5')).toContain('--key 5: ')
  expect(await refused('--key', 'K=5/500ms')).toContain("--key 5/500ms: Riot's windows are whole seconds")
  expect(await refused('--method', 'nothing=5/s')).toContain('--method nothing: operation must be the id')
  expect(await refused('--speed', '0')).toContain('--speed 0: write a number above 0')
})

test('try shows status, times, limits, headers and body, without the key', async () => {
  const { running, url } = await sim('--key', KEY)
  const args = ['try', `${url}/euw1/lol/status/v4/platform-data`, '-H', 'X-Riot-Token: ${env:RIOT_API_KEY}']
  const { code, stdout, stderr } = await cli.run(args, { env: { RIOT_API_KEY: KEY } })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /^GET http:.*platform-data\n200 OK\n\ntime\n {2}connect +[\d.]+ms, .*\n {2}first byte +[\d.]+ms\n/,
  )
  expect(stdout).toContain('  app     20/s, 1 used\n  app     100/2m, 1 used\n  method  20000/10s, 1 used\n')
  expect(stdout).toContain('-r 20/s,100/2m holds them from the start')
  expect(stdout).toContain('  x-app-rate-limit-count: 1:1,1:120\n')
  expect(stdout).toMatch(/body, [\d.]+ k?B, unpacked 1\.\d kB\n {2}\{"id":"EUW1"/)
  expect(stdout).not.toContain(KEY)

  const denied = await cli.run(args, { env: { RIOT_API_KEY: 'RGAPI-another' } })
  expect([denied.code, denied.stdout]).toEqual([102, expect.stringContaining('403 Forbidden')])
  expect(denied.stdout).not.toContain('RGAPI-another')
  running.child.kill('SIGINT')
  await running.ended
})

test('try tells failures by its exit code, and can be interrupted', async () => {
  expect((await cli.run(['try', `${server.url}/status/404`])).code).toBe(100)
  expect(await cli.run(['try', 'http://127.0.0.1:1/'])).toMatchObject({
    code: 100,
    stderr: expect.stringContaining('could not connect (ECONNREFUSED') as string,
  })
  expect(await cli.run(['try', `${server.url}/never`, '--timeout', '200ms'])).toMatchObject({ code: 100 })
  const running = cli.start(['try', `${server.url}/never`])
  await vi.waitFor(() => expect(server.requests.at(-1)?.path).toBe('/never'), { timeout: 30_000 })
  await vi.waitFor(() => expect(server.load.now).toBe(1), { timeout: 30_000 })
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(130)
})

test('try sends what it is told, and hides what is secret in the answer', async () => {
  const args = ['try', `${server.url}/echo?key=\${env:SECRET}`, '-d', '{"a":1}', '-H', 'X-Token: ${env:SECRET}']
  const { code, stdout } = await cli.run(args, { env: { SECRET: 'hunter2-hunter2' } })
  expect(code).toBe(0)
  expect(stdout).toContain('POST http')
  expect(stdout).toContain(String.raw`"body":"{\"a\":1}"`)
  expect(stdout).toContain('"content-type":"application/json"')
  expect(stdout).not.toContain('hunter2')
})

test('try refuses what is no URL', async () => {
  expect((await cli.run(['try', 'example.com'])).stderr).toBe(
    'sluice: example.com is no http: or https: URL: write for example https://api.example.com/users/1\n',
  )
  expect((await cli.run(['try', 'https://example.com/{}'])).stderr).toContain('sluice try takes one URL')
  expect((await cli.run(['try'])).code).toBe(2)
})
