// Each program in examples/ is built and run as a reader would run it, by Node alone, and prints what it should.

import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PRODUCTION_KEY, startSimulator, type SimulatorServer } from '@sluice/riot-sim'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../scripts/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const node = JSON.stringify(process.execPath)

/** What each program prints; an example without an entry is a failure. */
const expected: Record<string, (lines: string[]) => void> = {
  gather: (lines) => {
    expect(lines.slice(0, 3)).toEqual(
      ['A: compute factorial(2)', 'B: compute factorial(3)', 'C: compute factorial(4)'].map(
        (task) => `Task ${task}, currently i=2...`,
      ),
    )
    expect(lines.filter((line) => line.includes(' = '))).toEqual([
      'Task A: factorial(2) = 2',
      'Task B: factorial(3) = 6',
      'Task C: factorial(4) = 24',
    ])
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('[ 2, 6, 24 ]')
  },

  'return-exceptions': (lines) =>
    expect(lines).toEqual([
      'all of them:',
      '6 / 3 = 2',
      '8 / 2 = 4',
      'fulfilled 2',
      'rejected RangeError: 1 / 0',
      'fulfilled 4',
      'until the first failure:',
      'failed with RangeError: 1 / 0',
    ]),

  semaphore: (lines) => {
    const order = ['Ada', 'Grace', 'Mary', 'Joan', 'Jean']
    expect(lines.filter((line) => line.includes('sits down')).map((line) => line.split(' ')[0])).toEqual(order)
    let seated = 0
    for (const line of lines) {
      if (line.includes('sits down')) seated++
      if (line.includes('gets up')) seated--
      expect(seated).toBeLessThanOrEqual(2)
    }
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('free seats: 2')
  },

  timeout: (lines) =>
    expect(lines).toEqual([
      'cleaning up',
      'The long operation timed out after 100 ms, but we have handled it.',
      'cleaning up',
      'This statement runs regardless, with a guess.',
    ]),

  'task-group': (lines) => {
    expect(lines.toSpliced(3, 1)).toEqual([
      'hello',
      'world',
      'Both tasks have completed: hello, world',
      'Error: out of coffee, and nobody was left behind',
    ])
    // 200 ms, and not 300; more on a busy machine.
    expect(lines[3]).toMatch(/^It took as long as the longer one: \d+00 ms$/)
  },

  'as-completed': (lines) =>
    expect(lines).toEqual([
      'oslo answered in 50 ms',
      'lisbon answered in 150 ms',
      'seoul answered in 250 ms',
      'oslo was the first, and the others are called off',
    ]),

  wait: (lines) =>
    expect(lines).toEqual([
      'FIRST_COMPLETED: done quick (fulfilled); pending failing (running), slow (running)',
      'failures: []',
      'FIRST_EXCEPTION: done quick (fulfilled), failing (rejected); pending slow (running)',
      "failures: [ 'Error: lost' ]",
      'ALL_COMPLETED: done quick (fulfilled), failing (rejected), slow (fulfilled); pending none',
      "failures: [ 'Error: lost' ]",
    ]),

  'to-thread': (lines) => {
    const beats = lines.map((line) => Number(/the event loop beat (\d+) times$/.exec(line)?.[1]))
    expect(lines[0]).toMatch(/^In threads: slept for 300 ms, found 78498 primes/)
    expect(lines[1]).toMatch(/^Right here: slept for 300 ms/)
    expect(beats[0]).toBeGreaterThan(10)
    expect(beats[1]).toBe(0)
  },

  'echo-server': (lines) =>
    expect(lines).toEqual(['Received: Hello World!', 'Closing, with 1 connection open', 'And now: ECONNREFUSED']),

  statuses: (lines) => {
    expect(lines[0]).toMatch(/^one after another: 1000 of 1000 are 200, in \d+\.\d\d s$/)
    expect(lines[1]).toMatch(/^100 at once: 1000 of 1000 are 200, in \d+\.\d\d s$/)
    expect(Number.parseFloat(lines[2]!)).toBeGreaterThan(2)
    expect(lines).toHaveLength(3)
  },

  'riot-task-group': (lines) => {
    expect(lines[0]).toMatch(/^.+#.+$/)
    expect(lines.slice(1, -1)).toHaveLength(20)
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^\S* +(\w+|\(called off\)) (won|lost)$/)
    expect(lines.at(-1)).toBe('20 matches, 0 exceptions')
  },

  'riot-abort': (lines) =>
    expect(lines).toEqual([
      '20 matches',
      'none, since NotFoundError: match-v5.getMatch at asia: status 404, Data not found - match file not found',
    ]),

  'riot-gather': (lines) => expect(lines).toEqual(['20 matches', 'in the order of the ids']),

  'riot-pull-puuids': (lines) => expect(lines).toEqual(['1800 puuids, 1800 of them distinct']),

  'riot-stream': (lines) => {
    expect(lines[0]).toMatch(/^400 matches, [4-7]\d kills in each$/)
    expect(lines[1]).toMatch(/^\d+ MB after the first 1,000, -?\d+ MB more after all$/)
  },

  'riot-collect': (lines) => expect(lines[0]).toMatch(/^400 matches, [4-7]\d kills in each$/),
}

/** Where the programs that talk to Riot are led. */
let riot: SimulatorServer
beforeAll(async () => {
  riot = await startSimulator({ latency: 'near' })
  const { code, output } = await run('node scripts/build.mjs examples packages/riot-sim', { cwd: root })
  if (code !== 0) throw new Error(output)
}, 120_000)
afterAll(() => riot.close())

describe('the example', () => {
  test.each(Object.entries(expected))('%s', { timeout: 120_000 }, async (name, check) => {
    const env = { RIOT_API_KEY: PRODUCTION_KEY, RIOT_BASE_URL: `${riot.url}/{route}` }
    const { code, stdout, output } = await run(`${node} examples/dist/${name}.js`, { cwd: root, env, limitMs: 100_000 })
    // Nothing on stderr: no warning, no lost failure.
    expect(output).toBe(stdout)
    expect(code).toBe(0)
    check(stdout.trimEnd().split('\n'))
    expect(riot.simulator.stats().statuses['429']).toBeUndefined()
    // The next program has the budget of its key for itself.
    riot.simulator.reset()
  })

  test('that is not run here does not exist', () => {
    const programs = readdirSync(`${root}/examples`).flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
    expect(programs.toSorted()).toEqual(
      [...Object.keys(expected), 'blocking-io', 'riot-memory', 'riot-options'].toSorted(),
    )
  })
})

test.each(['toThread', 'toProcess'])(
  'a program that calls %s ends by itself, and takes its workers along',
  async (call) => {
    const program = [
      `import { ${call} } from '@sluice/threads'`,
      `console.log(await ${call}('node:path', { name: 'join', args: ['a', 'b'] }))`,
      `const pause = ${call}('node:timers/promises', { name: 'setTimeout', args: [60000], timeout: 200 })`,
      `console.log(await pause.catch((error) => error.name))`,
      `console.log((await ${call}('data:text/javascript,export default () => ({ pid: process.pid })')).pid)`,
    ].join(';')
    const { code, stdout, output, ms } = await run(`${node} --input-type=module -e ${JSON.stringify(program)}`, {
      cwd: root,
    })
    expect(output).toBe(stdout)
    expect(code).toBe(0)
    const [joined, timedOut, pid] = stdout.split('\n')
    expect([joined, timedOut]).toEqual(['a/b', 'TimeoutError'])
    // Well before its idle workers would be let go, after 10 s.
    expect(ms).toBeLessThan(8000)
    await expect.poll(() => alive(Number(pid)), { timeout: 10_000 }).toBe(false)
  },
  60_000,
)

test('a worker process does not outlive a program that is killed', { timeout: 60_000 }, async () => {
  const program = [
    `import { ProcessPool } from '@sluice/threads'`,
    `const pool = new ProcessPool({ size: 1 })`,
    `const busy = 'data:text/javascript,export const pid = () => process.pid; export const wait = () => new Promise(() => setInterval(() => {}, 1000))'`,
    `console.log(await pool.run(busy, { name: 'pid' }))`,
    `void pool.run(busy, { name: 'wait' })`,
    `setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300)`,
  ].join(';')
  const { stdout } = await run(`${node} --input-type=module -e ${JSON.stringify(program)}`, { cwd: root })
  const pid = Number(stdout)
  expect(pid).toBeGreaterThan(0)
  await expect.poll(() => alive(pid), { timeout: 20_000 }).toBe(false)
})

test('npm run example lists the examples, and runs one', { timeout: 60_000 }, async () => {
  const list = await run(`${node} scripts/example.mjs`, { cwd: root })
  for (const name of Object.keys(expected)) expect(list.stdout).toMatch(new RegExp(`^ {2}${name} +[A-Z].*\\.$`, 'm'))
  expect(list.code).toBe(0)
  expect(await run(`${node} scripts/example.mjs nonsense`, { cwd: root })).toMatchObject({ code: 1 })
  expect((await run(`${node} scripts/example.mjs as-completed`, { cwd: root })).stdout).toMatch(/^oslo answered/)
  const pulled = await run(`${node} scripts/example.mjs riot-pull-puuids`, {
    cwd: root,
    env: { RIOT_API_KEY: undefined },
  })
  expect(pulled.output).toBe('1800 puuids, 1800 of them distinct\n')
})

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
