// What people see: the sluice command on a real terminal.
//
// The screen is that of tmux, and the bytes are those of a pseudo terminal that script makes. Without them the tests are skipped,
// and fail with REQUIRE_ENGINES=1.

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cli, buildCli } from './cli-process.ts'
import { type CliServer, startCliServer } from './cli-server.ts'

vi.setConfig({ testTimeout: 60_000 })

const required = process.env['REQUIRE_ENGINES'] === '1'
const has = (program: string, flag: string): boolean => spawnSync(program, [flag]).error === undefined
const noTmux = !has('tmux', '-V') && !required
const noScript = !(process.platform === 'linux' && has('script', '--version')) && !required

let cli: Cli
let server: CliServer
beforeAll(async () => {
  ;[cli, server] = await Promise.all([buildCli(), startCliServer()])
}, 60_000)
afterAll(async () => {
  cli[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

/** The command line of a shell. */
const command = (args: readonly string[]): string =>
  [process.execPath, cli.bin, ...args].map((word) => `'${word}'`).join(' ')

describe.skipIf(noTmux)('the screen', () => {
  // A server of its own, so that nobody's sessions are touched.
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', `sluice-test-${process.pid}`, '-f', '/dev/null', ...args], { encoding: 'utf8' })
  const screen = (): string[] => tmux('capture-pane', '-p', '-t', 'sluice').trimEnd().split('\n')
  const type = (text: string): void => void tmux('send-keys', '-t', 'sluice', '-l', text)
  const press = (key: string): void => void tmux('send-keys', '-t', 'sluice', key)
  const cursor = (): string => tmux('display-message', '-p', '-t', 'sluice', '#{cursor_flag}').trim()
  const shows = async (pattern: RegExp): Promise<string[]> => {
    await vi.waitFor(() => expect(screen().join('\n')).toMatch(pattern), { timeout: 30_000, interval: 100 })
    return screen()
  }
  const start = async (args: readonly string[]): Promise<void> => {
    type(`clear; ${command(args)}; echo "code $?"`)
    press('Enter')
    await shows(/in flight|code/)
  }

  beforeAll(() => {
    tmux('new-session', '-d', '-s', 'sluice', '-x', '100', '-y', '24', 'env PS1=$ sh')
  })
  afterAll(() => {
    tmux('kill-server')
  })

  test('shows where the run stands, why it is not faster, and what was done at the end', async () => {
    await start([
      'fetch',
      `${server.url}/slow/{}`,
      ...Array.from({ length: 8 }, () => '1500'),
      '-c',
      '2',
      '-o',
      '/dev/null',
    ])
    const lines = await shows(/25\.0%/)
    const at = lines.findIndex((line) => line.startsWith('fetch http'))
    expect(lines[at]).toMatch(/^fetch http:\/\/127\.0\.0\.1:\d+\/slow\/\{\} +[\d.]+s$/)
    expect(lines[at + 1]).toMatch(/^█{7}░{20} {2}25\.0% {2}2\/8 {2}ok 2 {2}err 0 {2}retried 0 {2}eta [\d.]+s$/)
    expect(lines[at + 2]).toMatch(
      /^[\d.]+\/s now · 2\/2 in flight · 4 queued · p50 [\d.]+s p95 [\d.]+s p99 [\d.]+s · \d+ B$/,
    )
    expect(lines[at + 3]).toMatch(/^limit {2}all 2 slots are busy, and an answer takes [\d.]+s; -c would allow more$/)
    expect(lines[at + 4]).toMatch(/^(slow 1500 .*)? +Ctrl-C drains · t details$/)
    expect(cursor()).toBe('0')
    const end = await shows(/code 0/)
    expect(end.join('\n')).not.toContain('in flight')
    expect(end.find((line) => line.startsWith('8 ok, 0 failed, in '))).toBeDefined()
    expect(cursor()).toBe('1')
  })

  test('Ctrl-C drains, again aborts, and the cursor comes back', async () => {
    await start(['fetch', `${server.url}/never?{}`, '1', '2', '-o', '/dev/null'])
    // The typed line holds "code" too, so that start() alone may be too early for both to be in flight.
    await shows(/2\/\d+ in flight/)
    press('C-c')
    const lines = await shows(/draining 2 in flight, at most 30s; Ctrl-C again aborts/)
    expect((await shows(/Ctrl-C again aborts · t details$/m)).length).toBeGreaterThanOrEqual(lines.length)
    expect(cursor()).toBe('0')
    await sleep(200)
    press('C-c')
    await shows(/aborting 2 in flight; Ctrl-C again exits at once\n0 ok, 0 failed, 2 not done.*\n(.*\n)*code 130/)
    expect(cursor()).toBe('1')
  })

  test('t tells what runs, Ctrl-Z stops and fg goes on, and the terminal is as it was in the end', async () => {
    await start(['fetch', `${server.url}/never?{}`, 'one', 'two', '-o', '/dev/null', '-r', '2/1h'])
    await shows(/2\/\d+ in flight/)
    type('t')
    await shows(
      /-- 2 in flight, 0 wait for their next attempt; limit: .*\n +[\d.]+m?s {2}try 1 {2}one\n +[\d.]+m?s {2}try 1 {2}two\n +rate: 2\/h 2\/2/,
    )
    press('C-z')
    await shows(/Stopped/)
    type('fg; echo "end $?"')
    press('Enter')
    // The shell has the terminal for a moment, and what is pressed then is its.
    await vi.waitFor(
      () => {
        type('t')
        expect(
          screen()
            .join('\n')
            .match(/-- 2 in flight/g)?.length,
        ).toBeGreaterThan(1)
      },
      { timeout: 30_000, interval: 500 },
    )
    press('C-c')
    await shows(/draining 2 in flight/)
    await sleep(200)
    press('C-c')
    await shows(/^end 130$/m)
    type('clear; stty -a | grep -o -- "-*icanon"')
    press('Enter')
    await shows(/^icanon$/m)
  })

  test('lines of the output and of -v stand above the picture, each whole', async () => {
    await start(['fetch', `${server.url}/{+}`, 'ok/1', 'status/404', 'slow/4000', '-v'])
    const lines = await shows(/status\/404[^]*in flight[^]*Ctrl-C drains/)
    const picture = lines.findIndex((line) => line.startsWith('fetch http'))
    const above = lines.slice(0, picture).join('')
    expect(above).toContain('"data":{"n":"1"}}')
    await shows(/code/)
  })
})

describe.skipIf(noScript)('the bytes', () => {
  const HIDE = '\u001b[?25l'
  const SHOW = '\u001b[?25h'

  /** Runs it on a pseudo terminal whose keyboard is our standard input. */
  function onTerminal(
    args: readonly string[],
    env: Record<string, string> = {},
  ): { child: ChildProcess; text: () => string; ended: Promise<number> } {
    const child = spawn('script', ['-qfec', `stty rows 24 cols 100; exec ${command(args)}`, '/dev/null'], {
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more))
    child.stdin.on('error', () => {})
    const ended = once(child, 'close').then(([code]) => code as number)
    return { child, text: () => text, ended }
  }
  const says = async (text: () => string, pattern: RegExp): Promise<void> =>
    vi.waitFor(() => expect(text()).toMatch(pattern), { timeout: 30_000 })
  const restored = (text: string): boolean => text.includes(HIDE) && text.lastIndexOf(SHOW) > text.lastIndexOf(HIDE)

  test('the cursor comes back on every way out', async () => {
    const done = onTerminal(['fetch', `${server.url}/slow/300`])
    expect([await done.ended, restored(done.text())]).toEqual([0, true])

    const failed = onTerminal(['fetch', `${server.url}/status/404`, `${server.url}/never`, '--fail-fast'])
    expect([await failed.ended, restored(failed.text())]).toEqual([101, true])

    const thrice = onTerminal(['fetch', `${server.url}/never`])
    await says(thrice.text, /in flight/)
    for (const heard of [/draining/, /aborting|0 ok/]) {
      thrice.child.stdin!.write('\u0003')
      await says(thrice.text, heard)
      await sleep(100)
    }
    expect([await thrice.ended, restored(thrice.text())]).toEqual([130, true])
  })

  test.each(['SIGHUP', 'SIGQUIT', 'SIGTERM'] as const)('the cursor comes back after %s', async (signal) => {
    const { child, text, ended } = onTerminal(['fetch', `${server.url}/never`])
    await says(text, /in flight/)
    // The process on the terminal is the one whose parent is script.
    const pid = Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' }).trim())
    expect(pid).toBeGreaterThan(0)
    process.kill(pid, signal)
    if (signal === 'SIGTERM') {
      await says(text, /draining 1/)
      await sleep(100)
      process.kill(pid, signal)
    }
    await ended
    expect(restored(text())).toBe(true)
  })

  test('there are at most ten pictures a second', async () => {
    const { text, ended } = onTerminal([
      'fetch',
      `${server.url}/slow/{}`,
      ...Array.from({ length: 30 }, () => '100'),
      '-c',
      '1',
      '-o',
      '/dev/null',
    ])
    await ended
    const seconds = Number(/, in ([\d.]+)s,/.exec(text())?.[1])
    const pictures = text().match(/\/s now/g)!.length
    expect(pictures).toBeGreaterThan(5)
    expect(pictures).toBeLessThanOrEqual(seconds * 10 + 3)
  })

  test('colours are for terminals that want them', async () => {
    const coloured = async (args: string[], env: Record<string, string> = {}): Promise<boolean> => {
      const { text, ended } = onTerminal(['fetch', `${server.url}/slow/300`, ...args], env)
      await ended
      return /\u001b\[3\dm/.test(text())
    }
    expect(
      await Promise.all([
        coloured([]),
        coloured(['--no-color']),
        coloured([], { NO_COLOR: '1' }),
        coloured([], { TERM: 'dumb' }),
      ]),
    ).toEqual([true, false, false, false])
  })

  test('a terminal without items to read gets a hint, and is not waited for', async () => {
    const { text, ended } = onTerminal(['fetch', `${server.url}/{}`])
    expect(await ended).toBe(2)
    expect(text()).toContain('no items: write them after the template, name a file with --input, or pipe them in')
  })
})
