import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Run, run } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-stop-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function* endless(): Generator<number, void> {
  for (let n = 0; ; n++) yield n
}

const same = async (n: number): Promise<number> => n

test('a stop while the store is being opened ends the run, however long its input is', async () => {
  const job = new Run({ items: endless(), task: same, sink: join(folder, 'out.ndjson') })
  const done = job.start()
  job.stop({ kind: 'signal' })
  expect(await done).toMatchObject({ ok: 0, complete: false, stopped: { kind: 'signal' } })
})

test('a signal that was aborted before begins nothing, and leaves what is there alone', async () => {
  const sink = join(folder, 'out.ndjson')
  await run({ items: [1], task: same, sink })
  const before = readFileSync(sink, 'utf8')
  const signal = AbortSignal.abort(new Error('too late'))
  await expect(run({ items: [1], task: same, sink, fresh: true, signal })).rejects.toThrow('too late')
  expect(readFileSync(sink, 'utf8')).toBe(before)
})

test('what onOpen throws ends the run, and gives the store back', async () => {
  const sink = join(folder, 'out.ndjson')
  const onOpen = (): never => {
    throw new Error('not now')
  }
  await expect(run({ items: [1], task: same, sink, onOpen })).rejects.toThrow('not now')
  expect(await run({ items: [1], task: same, sink })).toMatchObject({ ok: 1, complete: true })
})

test('what onStop throws is told at the end, and the run stops nevertheless', async () => {
  const job = new Run({
    items: endless(),
    task: same,
    onOutcome: () => ({ kind: 'enough' }),
    onStop: () => {
      throw new Error('no')
    },
  })
  expect((await job.start()).stopped).toMatchObject({ kind: 'callback', error: new Error('no') })
})
