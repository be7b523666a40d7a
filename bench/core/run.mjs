// `npm run bench:core`: the core against a hand-written worker loop and its peers, interleaved, each in a process of its own.
//   --quick   fewer tasks and rounds: minutes become one
//   --write   puts the figures into docs/performance.md
//   --rounds=n
//   --only=a  only the parts named (throughput, memory, signal, start, size, promises), separated by commas

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { budgets, bundleImport } from '../../scripts/bundle-imports.mjs'
import { child, hurry, interleave, median, ratio } from '../lib/child.mjs'
import { prepare, versions } from '../lib/prepare.mjs'
import { keep, load, machine, publish, table } from '../lib/report.mjs'
import { contestants } from './contestants.mjs'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    write: { type: 'boolean' },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
})
const here = import.meta.dirname
const parts = flags.only?.split(',')
const wanted = (part) => parts === undefined || parts.includes(part)
const rounds = Number(flags.rounds ?? (flags.quick ? 3 : 7))
const sizes = flags.quick ? { immediate: 150_000, saturated: 30_000 } : { immediate: 1_000_000, saturated: 200_000 }
const say = (text) => process.stderr.write(`\r\x1b[2K${text}`)
const BASE = 'hand-written loop'

hurry()
prepare(here, ['packages/core'])
const peers = versions(here)

/** Rows of the table of targets. */
const targets = []
const figures = { machine: machine(), loadBefore: load(), peers, throughput: {}, rows: targets }
const number = (value, digits = 2) => value.toFixed(digits)

/** One line of the table: each of `checks` is [measured, must, aim], smaller is better; all must hold. */
function target(work, checks, unit = '', digits = 2, note = '') {
  const of = (index) => checks.map((check) => `${number(check[index], digits)}${unit}`).join(', ')
  const pass = checks.every(([measured, must]) => measured <= must)
  const aim = checks.every(([measured, , best]) => measured <= best)
  targets.push({ work, must: of(1), aim: of(2), measured: of(0) + note, result: !pass ? 'FAIL' : aim ? 'aim' : 'pass' })
}

if (wanted('throughput')) {
  for (const kind of ['immediate', 'saturated']) {
    const names = Object.keys(contestants)
    const results = await interleave(
      names,
      rounds,
      (name) => child(join(here, 'throughput.mjs'), [name, kind, sizes[kind]]),
      (name, round) => say(`${kind}, round ${round + 1} of ${rounds}: ${name}`),
    )
    const column = (name, key) => results.get(name).map((result) => result[key])
    figures.throughput[kind] = names.map((name) => ({
      name,
      tasks: results.get(name)[0].n,
      cpu: median(column(name, 'cpu')),
      wall: median(column(name, 'wall')),
      ratio: ratio(column(name, 'cpu'), column(BASE, 'cpu')),
      wallRatio: ratio(column(name, 'wall'), column(BASE, 'wall')),
      peak: median(column(name, 'peak')),
    }))
    const against = (name, base = BASE) => ratio(column(name, 'cpu'), column(base, 'cpu'))
    target(`forEach, ${kind}`, [[against('sluice forEach'), 1.3, 1.05]])
    target(`map, ${kind}`, [[against('sluice map'), 1.3, 1.05]])
    const [loop, limit, loopAim, limitAim] = kind === 'immediate' ? [1.7, 0.5, 1.3, 0.3] : [1.9, 0.85, 1.5, 0.65]
    const wrong = column('sluice createTask', 'wrongContexts').reduce((sum, count) => sum + count, 0)
    target(
      kind === 'immediate' ? 'createTask, slot free' : 'createTask, saturated',
      [
        [against('sluice createTask'), loop, loopAim],
        [against('sluice createTask', 'p-limit, window'), limit, limitAim],
      ],
      '',
      2,
      ' × p-limit',
    )
    target(`AsyncLocalStorage wrong in createTask, ${kind}`, [[wrong, 0, 0]], '', 0)
    target(`mapIterable, ordered, ${kind}`, [[against('sluice mapIterable'), 1.6, 1.3]])
    if (kind === 'immediate') {
      const mine = column('sluice mapIterable', 'peak')
      const loops = column('hand-written loop, no results', 'peak')
      target('mapIterable, RSS above the loop that keeps nothing', [[median(mine) - median(loops), 10, 10]], ' MB', 1)
    }
    target(`from an async generator, ${kind}`, [
      [against('sluice map, async generator', 'hand-written loop, async generator'), 1.5, 1.1],
    ])
  }
}

const probe = (name, args, nodeFlags) => child(join(here, 'probes', `${name}.mjs`), args, nodeFlags)
const medianOf = async (count, key, ...how) => {
  const values = []
  for (let i = 0; i < count; i++) values.push((await probe(...how))[key])
  return median(values)
}

if (wanted('memory')) {
  say('memory')
  const gc = ['--expose-gc']
  target('bytes per waiting task', [[await medianOf(3, 'bytes', 'task-memory', ['waiting'], gc), 450, 250]], ' B', 0)
  target('bytes per running task', [[await medianOf(3, 'bytes', 'task-memory', ['running'], gc), 550, 460]], ' B', 0)
  figures.handRunningBytes = await medianOf(3, 'bytes', 'task-memory', ['hand'], gc)
  const n = flags.quick ? 1_000_000 : 10_000_000
  const growth = await medianOf(flags.quick ? 1 : 3, 'growth', 'flat-memory', [n], gc)
  target(`${n / 1e6}M tasks through forEach, RSS growth`, [[growth, 20, 5]], ' MB', 1)
}

if (wanted('signal')) {
  say('signal')
  const counts = [10_000, 40_000, 160_000]
  const results = await interleave(counts, 3, (n) => probe('outer-signal', [n]))
  const cost = counts.map((n) => median(results.get(n).map(({ cpu }) => cpu)))
  figures.signalNs = Object.fromEntries(counts.map((n, i) => [n, cost[i]]))
  const stray = [...results.values()].flat().reduce((sum, { warnings, listeners }) => sum + warnings + listeners, 0)
  target('tasks on one outer signal: cost of each at 40k and 160k, of that at 10k', [
    [cost[1] / cost[0], 2, 1.5],
    [cost[2] / cost[0], 2, 1.5],
  ])
  target('warnings, listeners left', [[stray, 0, 0]], '', 0)
}

if (wanted('start')) {
  say('start')
  const modules = ['bare', 'import-core']
  const results = await interleave(modules, flags.quick ? 7 : 21, (name) => probe(name))
  const over = (key) => median(results.get('import-core').map((result, i) => result[key] - results.get('bare')[i][key]))
  // CPU time again: of the time on the clock a busy machine makes anything.
  target('import over bare node, time', [[over('cpu'), 15, 5]], ' ms', 1)
  target('import over bare node, memory', [[over('rss'), 6, 3]], ' MB', 1)
}

if (wanted('size')) {
  figures.kB = {}
  for (const name of budgets().keys()) {
    figures.kB[name] = gzipSync(await bundleImport(name), { level: 9 }).length / 1000
  }
  target('whole core, min + gzip', [[figures.kB.all, 9, 6]], ' kB', 1)
}

if (wanted('promises')) {
  say('promises')
  const count = async (name, kind) => (await probe('promises', [name, kind])).promises
  target('promises per task, map', [[await count('sluice map', 'immediate'), 2, 2]], '', 1)
  target('promises per task, createTask, slot free', [[await count('sluice createTask', 'immediate'), 4, 4]], '', 1)
  figures.promisesSaturated = await count('sluice createTask', 'saturated')
}

say('')
figures.loadAfter = load()
const summary = table(
  ['Work', '>Must reach', '>Aim', '>Measured', 'Result'],
  targets.map(({ work, must, aim, measured, result }) => [work, must, aim, measured, result]),
)
const details = Object.entries(figures.throughput).map(([kind, rows]) => {
  const lines = rows
    .toSorted((a, b) => a.ratio - b.ratio)
    .map((row) => [
      row.name,
      number(row.ratio),
      number(row.wallRatio),
      number(row.cpu, 0),
      number(row.wall, 0),
      number(row.peak, 0),
      row.tasks.toLocaleString('en'),
    ])
  const columns = ['', '>CPU ×', '>wall ×', '>CPU ns', '>wall ns', '>peak RSS MB', '>tasks']
  return `### ${kind === 'immediate' ? 'Bodies that are done at once' : 'Bodies that wait for setImmediate'}\n\n${table(columns, lines)}`
})
const imports = Object.entries(figures.kB ?? {}).filter(([name]) => name !== 'all')
const bundles = table(
  ['', '>kB'],
  imports.map(([name, kB]) => [`\`import { ${name} }\``, number(kB, 1)]),
)
if (imports.length > 0) details.push(`### A bundle of one import, minified and compressed\n\n${bundles}`)
const text = `## The core

Measured by \`npm run bench:core\` on ${figures.machine}; load of the machine before and after: ${figures.loadBefore}, ${figures.loadAfter} (on a busy machine times are longer, and ratios noisier).
${rounds} rounds; in each, every implementation ran once, in a process of its own, warmed up, 100 tasks at once. Ratios are medians, over the rounds, of CPU time against the hand-written worker loop that collects its results; for the async generator, against that loop over the same generator.
${Object.entries(peers)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.

${summary}

${details.join('\n\n')}
`
console.log(text)
keep('core', figures)
if (flags.write) publish('core', text)
process.exitCode = targets.some(({ result }) => result === 'FAIL') ? 1 : 0
