// `npm run bench:runs`: what a run that can go on costs, beside one that cannot, and how long a big one takes to go on. Each measurement is a process of its own;
// those that are compared take turns, so that what else the machine does hits all of them alike.
//
//   --rounds=n     turns of each (default 5)
//   --requests=n   of one turn (default 20000): 50 at once that take 10 ms, 5,000 a second
//   --items=n      of the run that goes on (default 1000000)

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { child, interleave, median, ratio } from '../lib/child.mjs'
import { root } from '../lib/prepare.mjs'
import { keep, load, machine, table } from '../lib/report.mjs'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '20000' },
    items: { type: 'string', default: '1000000' },
  },
})
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/runs'], { cwd: root })
const worker = join(import.meta.dirname, 'worker.mjs')
const say = (text) => process.stderr.write(`\r\x1b[2K${text}`)

const inFolder = async (work) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const kinds = ['none', 'process', 'power']
const results = await interleave(
  kinds,
  Number(flags.rounds),
  (kind) => inFolder((folder) => child(worker, ['throughput', folder, flags.requests, kind])),
  (kind, round) => say(`store ${kind}, round ${round + 1}`),
)
const column = (kind, field) => results.get(kind).map((result) => result[field])
const rows = kinds.map((kind) => [
  kind === 'none' ? 'none (`store: false`)' : `\`durability: '${kind}'\``,
  Math.round(median(column(kind, 'perSecond'))),
  kind === 'none' ? '1' : ratio(column(kind, 'perSecond'), column('none', 'perSecond')).toFixed(2),
  median(column(kind, 'cpuMicroseconds')).toFixed(0),
  kind === 'none' ? '' : 'at least 0.90',
])

say('a run of many items')
const big = await inFolder(async (folder) => {
  const first = await child(worker, ['load', folder, flags.items, 'process'])
  const again = await child(worker, ['resume', folder, flags.items, 'process'])
  return { first, again }
})
say('')
keep('runs', { flags, throughput: Object.fromEntries(results), big })

console.log(`${machine()}, load ${load()}\n`)
console.log(table(['Store', '>requests/s', '>of none', '>CPU µs each', '>Must'], rows))
console.log()
const count = Number(flags.items).toLocaleString('en')
console.log(
  table(
    [`${count} items`, '>seconds', '>CPU µs each', '>RSS MB', '>Must'],
    [
      [
        'done, as fast as they go',
        big.first.seconds.toFixed(1),
        big.first.cpuMicroseconds.toFixed(1),
        Math.round(big.first.rss),
        '',
      ],
      ['found done when the run goes on', big.again.seconds.toFixed(1), '', Math.round(big.again.rss), 'at most 3 s'],
    ],
  ),
)
