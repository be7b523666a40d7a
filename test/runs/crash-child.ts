// The program that the crash tests kill. Its only argument is a Job as JSON.

import { appendFileSync } from 'node:fs'
import { run } from '../../packages/runs/src/index.ts'
import { TEST_HOOK, type TestHook } from '../../packages/runs/src/run-options.ts'
import { naiveRun } from './naive-run.ts'
import { behaviour, childrenOf, inputOf } from './plan.ts'

/** What the child is to do. */
export interface Job {
  readonly engine: 'run' | 'naive'
  readonly sink: string
  readonly seed: number
  readonly count: number
  readonly concurrency: number
  /** How long a request takes at most, in ms. */
  readonly ms: number
  readonly durability: 'power' | 'process'
  readonly retryFailed?: boolean
  readonly ordered?: boolean
  /** Every request is noted here. */
  readonly log?: string
  /** Where it ends. */
  readonly point?: string
  readonly occurrence?: number
  /** Batches and chunks as in the product, and not small ones. */
  readonly usual?: boolean
}

const job = JSON.parse(process.argv[2]!) as Job

let seen = 0
const at = (point: string): void => {
  if (point !== job.point || ++seen < job.occurrence!) return
  process.kill(process.pid, 'SIGKILL')
  for (;;);
}
const hook: TestHook = job.usual ? { at } : { at, batch: { results: 10, bytes: 100_000, ms: 3 }, chunk: 20 }

const task = async (key: string, attempt: number, add: (key: string) => void): Promise<{ n: string }> => {
  if (job.log !== undefined) appendFileSync(job.log, `${key}\n`)
  await new Promise((resolve) => setTimeout(resolve, Math.random() * job.ms))
  const how = job.retryFailed ? 'ok' : behaviour(job.seed, key)
  if (how === 'fails' || (how === 'flaky' && attempt === 1)) throw new Error(`${key} has failed`)
  for (const child of childrenOf(job.seed, key)) add(child)
  return { n: key }
}

const { sink, concurrency, durability } = job
if (job.engine === 'naive') await naiveRun(inputOf(job.count), task, sink, at)
else {
  const options = {
    items: inputOf(job.count),
    task: (key: string, { attempt, add }: { attempt: number; add: (key: string) => void }) => task(key, attempt, add),
    sink,
    concurrency,
    durability,
    ordered: job.ordered === true,
    retryFailed: job.retryFailed === true,
    retry: { retries: 1, backoff: { base: 1 } },
    [TEST_HOOK]: hook,
  }
  if (process.send !== undefined) process.send('ready')
  const summary = await run(options)
  process.stdout.write(JSON.stringify(summary))
}
