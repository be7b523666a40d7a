import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeSink, readLines } from '../test/folder.ts'
import { Run, RunReader, StoreError, run } from './index.ts'
import { openDatabase } from './store/sqlite.ts'

const task = async (n: number): Promise<number> => n
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StoreError)
  return (error as StoreError).code
}

test('two runs do not write one store at the same time, and a reader sees who does', async () => {
  const sink = makeSink()
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const first = run({ items: [1], sink, task: () => held })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const reader = new RunReader(`${sink}.sluice`)
  expect(reader.report()).toMatchObject({ pending: 1, writer: { pid: process.pid } })
  const second = run({ items: [1], sink, task })
  await expect(second).rejects.toThrow(new RegExp(`is in use by process ${process.pid} since `))
  expect(await codeOf(second)).toBe('LOCKED')
  release()
  await first
  expect(reader.report()).toMatchObject({ pending: 0, writer: undefined })
  reader[Symbol.dispose]()
})

test('a store of another job is refused, and says what differs', async () => {
  const sink = makeSink()
  await run({ items: [1], sink, task, job: { url: 'a', method: 'GET' } })
  const other = run({ items: [1], sink, task, job: { url: 'b', method: 'GET' } })
  await expect(other).rejects.toThrow('belongs to another job (url was "a", and is "b")')
  expect(await codeOf(other)).toBe('JOB')
  expect(readLines(sink)).toHaveLength(1)
})

test('a store of another version, or none of ours, is refused', async () => {
  const sink = makeSink()
  await run({ items: [1], sink, task })
  const path = join(`${sink}.sluice`, 'store.sqlite')
  const database = openDatabase(path)
  database.exec('PRAGMA user_version=7')
  database.close()
  await expect(run({ items: [1], sink, task })).rejects.toThrow(
    'format 7 of the store, and this version of Sluice knows',
  )
  expect(await codeOf(run({ items: [1], sink, task }))).toBe('VERSION')
  expect(() => new RunReader(`${sink}.sluice`)).toThrow(StoreError)

  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  writeFileSync(path, 'this is no database, and long enough to be taken for one'.repeat(100))
  expect(await codeOf(run({ items: [1], sink, task }))).toBe('CORRUPT')
  expect(() => new RunReader(`${sink}.sluice`)).toThrow(StoreError)
  expect(() => new RunReader(makeFolder())).toThrow('is no store of a run')
})

test('a file that no run has written is not touched', async () => {
  const sink = makeSink()
  writeFileSync(sink, 'mine\n')
  const refused = run({ items: [1], sink, task })
  expect(await codeOf(refused)).toBe('FOREIGN_OUTPUT')
  expect([readFileSync(sink, 'utf8'), existsSync(`${sink}.sluice`)]).toEqual(['mine\n', false])
  await run({ items: [1], sink, task, fresh: true })
  expect(readLines(sink)).toHaveLength(1)
})

test('an output that somebody has changed is refused; one that has lost its end, or is gone, is made whole', async () => {
  const sink = makeSink()
  const items = Array.from({ length: 50 }, (_, i) => i)
  await run({ items, sink, task })
  const whole = readFileSync(sink, 'utf8')
  writeFileSync(sink, whole.slice(0, -5) + '99}}\n')
  expect(await codeOf(run({ items, sink, task }))).toBe('CHANGED_OUTPUT')

  let undone = 0
  const options = { items, sink, task, onOpen: (opened: { undone: number }) => void (undone = opened.undone) }
  writeFileSync(sink, whole.slice(0, -100))
  await run(options)
  expect(undone).toBeGreaterThan(0)
  expect(new Set(readLines(sink).map(({ key }) => key)).size).toBe(50)
  expect(readLines(sink)).toHaveLength(50)

  rmSync(sink)
  await run(options)
  expect([undone, readLines(sink).length]).toEqual([50, 50])
})

test('output and store are moved together', async () => {
  const sink = makeSink()
  await run({ items: [1, 2], sink, task })
  const moved = join(makeFolder(), 'out.ndjson')
  const { cpSync } = await import('node:fs')
  cpSync(dirname(sink), dirname(moved), { recursive: true })
  expect(await run({ items: [1, 2, 3], sink: moved, task })).toMatchObject({ ok: 3, session: { ok: 1 } })
  const other = run({ items: [1], sink: join(makeFolder(), 'other.ndjson'), store: `${moved}.sluice`, task })
  await expect(other).rejects.toThrow('the outcomes of this run are in out.ndjson, and not in other.ndjson')
})

test('an output that cannot be written is told before anything is made', async () => {
  const folder = makeFolder()
  await expect(run({ items: [1], sink: join(folder, 'none', 'x.ndjson'), task })).rejects.toThrow('ENOENT')
  expect(existsSync(join(folder, 'none'))).toBe(false)
  mkdirSync(join(folder, 'directory'))
  await expect(run({ items: [1], sink: join(folder, 'directory'), task })).rejects.toThrow('EISDIR')
  expect(existsSync(join(folder, 'directory.sluice'))).toBe(false)
})

test('a run without a file can have a store too', async () => {
  const store = join(makeFolder(), 'deep', 'store')
  const done: number[] = []
  const work = async (n: number): Promise<void> => void done.push(n)
  await run({ items: [1, 2], store, task: work })
  await new Run({ items: [1, 2, 3], store, task: work }).start()
  expect(done.sort((a, b) => a - b)).toEqual([1, 2, 3])
})
