// `sluice run`: jobs that a module exports. `sluice runs`: what is kept of runs, looked at from another terminal.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RunReader } from '@sluice/runs'
import { openDatabase } from '@sluice/runs/internal'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Cli, type Ended, type Running, type StartOptions, buildCli } from './cli-process.ts'

vi.setConfig({ testTimeout: 60_000 })

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
}, 60_000)
afterAll(() => cli[Symbol.dispose]())

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(cli.folder, 'job-'))
})
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text)
const start = (args: string[], options: StartOptions = {}): Running =>
  cli.start(args, { cwd, ...options, env: { SLUICE_STATE_DIR: join(cwd, 'state'), ...options.env } })
const sluice = (args: string[], options?: StartOptions): Promise<Ended> => start(args, options).ended
const lines = (name: string): { key: string }[] =>
  readFileSync(join(cwd, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { key: string })

/** Squares of numbers, in TypeScript; 3 fails. */
const SQUARES = `
interface Item { id: number }
export default (args: readonly string[]) => ({
  items: Array.from({ length: Number(args[0] ?? 5) }, (_, i): Item => ({ id: i })),
  task: async ({ id }: Item) => {
    if (id === 3) throw new Error('three is too much')
    return { square: id * id }
  },
  concurrency: 2,
})`

describe('run', () => {
  test('works through a job in TypeScript, and tells what a number of it came to', async () => {
    write('job.ts', SQUARES)
    const { code, lines: out, stderr } = await sluice(['run', 'job.ts'])
    expect(code).toBe(100)
    expect(out.map(({ data, error }) => data ?? error?.message)).toEqual([
      { square: 0 },
      { square: 1 },
      { square: 4 },
      'three is too much',
      { square: 16 },
    ])
    expect(stderr).toContain('4 ok, 1 failed (Error × 1), in ')
  })

  test('options of the command line go before those of the job', async () => {
    write(
      'job.mjs',
      `let now = 0, most = 0, tries = 0
      export default {
        items: [1, 2, 3, 4],
        task: async (n, { attempt }) => {
          most = Math.max(most, ++now)
          await new Promise((resolve) => setTimeout(resolve, 50))
          now--
          if (attempt === 1) throw new Error('again')
          return n
        },
        concurrency: 4,
        retry: { retries: 0 },
        close: () => console.error('most', most),
      }`,
    )
    expect(await sluice(['run', 'job.mjs'])).toMatchObject({
      code: 100,
      stderr: expect.stringContaining('most 4') as string,
    })
    const { code, stderr } = await sluice(['run', 'job.mjs', '-c', '1', '--retries', '1'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('most 1')])
    const dry = await sluice(['run', 'job.mjs', '-n', '-r', '2/m'])
    expect(dry.stdout).toBe('4 items at the declared rate: 2m\n')
  })

  test('after Ctrl-C and after a kill the same command goes on', async () => {
    write(
      'job.mjs',
      `import { appendFileSync } from 'node:fs'
      export default {
        items: Array.from({ length: 60 }, (_, i) => i),
        task: async (n) => {
          appendFileSync('begun', n + '\\n')
          await new Promise((resolve) => setTimeout(resolve, 30))
          return n
        },
        concurrency: 2,
        output: 'out.ndjson',
      }`,
    )
    const begun = (): number => (existsSync(join(cwd, 'begun')) ? lines('begun').length : 0)
    const first = start(['run', 'job.mjs'])
    await vi.waitFor(() => expect(begun()).toBeGreaterThan(10), { timeout: 30_000, interval: 10 })
    first.child.kill('SIGINT')
    expect(await first.ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/draining \d in flight/) as string,
    })
    const second = start(['run', 'job.mjs'])
    const before = begun()
    await vi.waitFor(() => expect(begun()).toBeGreaterThan(before + 10), { timeout: 30_000, interval: 10 })
    second.child.kill('SIGKILL')
    await second.ended
    const third = await sluice(['run', 'job.mjs'])
    expect([third.code, third.stderr]).toEqual([0, expect.stringMatching(/\d+ of 60 done/)])
    expect(
      lines('out.ndjson')
        .map(({ key }) => Number(key))
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 60 }, (_, i) => i))
  })

  test('the second Ctrl-C aborts a task, and what a module leaves open does not hold the process', async () => {
    write(
      'job.mjs',
      `import { createServer } from 'node:net'
      createServer().listen(0)
      export default { items: [1], task: (_, { signal }) => new Promise((_, reject) => {
        console.error('begun')
        signal.addEventListener('abort', () => reject(signal.reason))
      }) }`,
    )
    const running = start(['run', 'job.mjs'])
    await running.hears(/begun/)
    running.child.kill('SIGINT')
    await running.hears(/draining 1 in flight/)
    await sleep(150)
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
  })

  test('a task that never ends while nothing is left to wait for ends with 1, and never with 13', async () => {
    write('job.mjs', 'export default { items: [1], task: () => new Promise(() => {}) }')
    expect(await sluice(['run', 'job.mjs'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('a promise in the job, or in a module that was loaded, never settles') as string,
    })
  })

  test('secrets of the environment are not shown', async () => {
    write('job.mjs', 'export default { items: [1], task: () => { throw new Error(`with ${process.env.MY_API_KEY}`) } }')
    const { stdout, stderr, code } = await sluice(['run', 'job.mjs', '-vv', '-o', 'out.ndjson'], {
      env: { MY_API_KEY: 'hunter2-hunter2' },
    })
    expect([code, stdout + stderr]).toEqual([100, expect.stringContaining('with REDACTED')])
    expect(stderr + readFileSync(join(cwd, 'out.ndjson'), 'utf8')).not.toContain('hunter2')
  })

  test('what is no job is refused, with where', async () => {
    const refused = async (text: string, ...args: string[]): Promise<string> => {
      write('job.ts', text)
      const { code, stderr } = await sluice(['run', 'job.ts', ...args])
      expect(code).toBe(2)
      return stderr
    }
    expect(await refused('export const items = []')).toBe(
      'sluice: job.ts: its default export must be a job { items, task, … }, or a function that returns one\n',
    )
    expect(await refused('const a: number = 1\nthrow new Error(`no ${a}`)')).toBe('sluice: job.ts: no 1 (line 2)\n')
    expect(await refused('export default {')).toMatch(/^sluice: job.ts: .*\n$/)
    expect(await refused('export default { items: 5, task: () => {} }')).toContain('items must be an iterable')
    expect(await refused('export default { items: [], task: () => {}, rate: "5" }')).toContain('job.ts: rate 5: ')
    expect(await refused('export default { items: [], task: () => {} }', '--', 'x')).toContain(
      'job.ts takes no arguments',
    )
    expect((await sluice(['run', 'none.ts'])).stderr).toContain('none.ts: Cannot find module')
  })

  test('a task may throw what it likes: failures are counted by their status, their code or their name', async () => {
    write(
      'job.mjs',
      `const thrown = [undefined, null, 'text', { status: 404 }, Object.assign(new Error('x'), { code: 'ECONNRESET' }), new RangeError('far')]
      export default { items: thrown.map((_, i) => i), task: (i) => { throw thrown[i] } }`,
    )
    const { code, stderr, lines: out } = await sluice(['run', 'job.mjs'])
    expect([code, out.length]).toEqual([100, 6])
    expect(stderr).toContain('0 ok, 6 failed (Error × 3, 404 × 1, ECONNRESET × 1, RangeError × 1), in ')
  })

  test('a store that does not fit ends with 103', async () => {
    write('job.ts', SQUARES)
    await sluice(['run', 'job.ts', '-o', 'out.ndjson', '--', '2'])
    const { code, stderr } = await sluice(['run', 'job.ts', '-o', 'out.ndjson', '--', '3'])
    expect([code, stderr]).toEqual([
      103,
      expect.stringContaining('belongs to another job (args was ["2"], and is ["3"])'),
    ])
  })
})

describe('runs', () => {
  const begin = (): Running => {
    write(
      'slow.mjs',
      `export default { items: [1, 2, 3, 4, 5], concurrency: 1, output: 'slow.ndjson', name: 'slow',
        task: (n) => n < 3 ? { n, info: { text: 'a "b"', list: [n] } } : new Promise((resolve) => setTimeout(resolve, 60_000)) }`,
    )
    return start(['run', 'slow.mjs'])
  }
  const shows = async (pattern: RegExp): Promise<string> => {
    let stdout = ''
    await vi.waitFor(
      async () => {
        ;({ stdout } = await sluice(['runs', 'show', 'slow.ndjson']))
        expect(stdout).toMatch(pattern)
      },
      { timeout: 30_000 },
    )
    return stdout
  }

  test('a run can be looked at while it works, and is listed', async () => {
    const running = begin()
    const shown = await shows(/^ok +2$/m)
    expect(shown).toMatch(/^run +[0-9a-f]{8}, slow|^run +[0-9a-f]{8}, run/m)
    expect(shown).toMatch(new RegExp(`^state +running, process ${running.child.pid} since `, 'm'))
    const { stdout: list } = await sluice(['runs', 'list'])
    expect(list).toMatch(/^RUN +STATE +DONE +FAILED +BEGUN +WHAT\n[0-9a-f]{8} +running +2\/5 +0 +.*slow\.ndjson\n$/)
    const id = /^[0-9a-f]+/m.exec(list.split('\n')[1]!)![0]
    const json = await sluice(['runs', 'show', id.slice(0, 4), '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ id, state: 'running', ok: 2, pending: 3, items: 5 })
    const pending = await sluice(['runs', 'show', 'slow.ndjson', '--items', 'pending'])
    expect(
      pending.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { key: string }).key),
    ).toEqual(['3', '4', '5'])
    expect((await sluice(['runs', 'prune', 'slow.ndjson'])).stderr).toContain(
      `process ${running.child.pid} is at work on it`,
    )
    running.child.kill('SIGKILL')
    await running.ended
    expect(await shows(/^state +stopped$/m)).toContain('pending  3')
  })

  test('what has failed is shown by its kind', async () => {
    write('job.ts', SQUARES)
    await sluice(['run', 'job.ts', '-o', 'out.ndjson'])
    const { stdout } = await sluice(['runs', 'show', 'out.ndjson.sluice'])
    expect(stdout).toContain('\nstate    done\n')
    expect(stdout).toContain('\nError × 1: three is too much\n  3\n')
  })

  test('prune removes what has ended and is old enough, and no output', async () => {
    write('job.ts', SQUARES)
    await sluice(['run', 'job.ts', '-o', 'out.ndjson'])
    const store = join(cwd, 'out.ndjson.sluice')
    expect((await sluice(['runs', 'prune'])).stdout).toBe('')
    expect((await sluice(['runs', 'prune', '--older', '1ms', '-n'])).stdout).toMatch(
      /^would remove .*out.ndjson.sluice \(5 items\)\n$/,
    )
    using reader = new RunReader(store)
    expect(reader.report().items).toBe(5)
    writeFileSync(join(store, 'notes.txt'), 'mine')
    expect((await sluice(['runs', 'prune', '--older', '1ms'])).stdout).toMatch(/^removed /)
    expect([existsSync(join(store, 'store.sqlite')), existsSync(join(store, 'notes.txt'))]).toEqual([false, true])
    expect(lines('out.ndjson')).toHaveLength(5)
    expect((await sluice(['runs', 'list'])).stdout).toBe('')
  })

  test('an output is exported as CSV and SQLite', async () => {
    write(
      'job.mjs',
      `export default { output: 'out.ndjson.gz', items: [1, 2, 3], ordered: true, concurrency: 1, key: String,
        task: (n) => n === 3 ? null : ({ n, ok: true, info: { text: 'a "b"\\nc', list: [n] } }) }`,
    )
    await sluice(['run', 'job.mjs'])
    expect((await sluice(['runs', 'export', 'out.ndjson.gz', '-o', 'out.csv'])).stderr).toBe('3 rows in out.csv\n')
    const [head, ...rows] = readFileSync(join(cwd, 'out.csv'), 'utf8').split('\r\n')
    expect(head).toBe('index,key,attempts,ms,data.n,data.ok,data.info.text,data.info.list,data')
    expect(rows[0]).toMatch(/^0,1,1,\d+,1,true,"a ""b""\nc",\[1\],$/)
    expect(rows[2]).toMatch(/^2,3,1,\d+,,,,,$/)

    await sluice(['runs', 'export', 'out.ndjson.gz', '-o', 'out.sqlite'])
    const database = openDatabase(join(cwd, 'out.sqlite'), { readOnly: true })
    expect(
      database
        .prepare('SELECT key, "data.n" AS n, "data.info.text" AS text FROM items')
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([
      { key: '1', n: 1, text: 'a "b"\nc' },
      { key: '2', n: 2, text: 'a "b"\nc' },
      { key: '3', n: null, text: null },
    ])
    database.close()

    const again = await sluice(['runs', 'export', 'out.ndjson.gz', '-o', 'out.csv'])
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('out.csv exists already')])
    expect((await sluice(['runs', 'export', 'out.ndjson.gz', '-o', 'out.xls'])).stderr).toContain(
      'ends in .csv, .sqlite or .parquet',
    )
    expect((await sluice(['runs', 'export', 'out.ndjson.gz', '-o', 'out.parquet'])).stderr).toContain(
      'npm install @duckdb/node-api',
    )
    expect(existsSync(join(cwd, 'out.parquet'))).toBe(false)
  })

  test('a run that is not there is refused', async () => {
    expect(await sluice(['runs', 'show', 'abc'])).toMatchObject({
      code: 2,
      stderr: 'sluice: abc: there is no such run; sluice runs list shows those that there are\n',
    })
    write('plain.ndjson', '{}\n')
    expect((await sluice(['runs', 'show', 'plain.ndjson'])).stderr).toContain('no run is kept beside it')
  })

  test('a reader that has seen enough ends the list quietly', async () => {
    write(
      'job.mjs',
      `export default { output: 'out.ndjson', items: Array.from({ length: 5000 }, (_, i) => 'x'.repeat(100) + i), task: () => 1 }`,
    )
    await sluice(['run', 'job.mjs'])
    const text = execFileSync(
      'bash',
      ['-c', `set -o pipefail; "$0" "$1" runs show out.ndjson --items ok | head -n 1`, process.execPath, cli.bin],
      { cwd, encoding: 'utf8' },
    )
    expect(JSON.parse(text)).toMatchObject({ state: 'ok' })
  })
})
