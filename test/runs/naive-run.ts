import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { forEach } from '@sluice/core'

type Task = (key: string, attempt: number, add: (key: string) => void) => Promise<unknown>

/**
 * What one writes first: append the line, then mark the item as done. It is kept to show that the crash tests find what is wrong with it: a death between the two
 * doubles a line, and one in the middle of a write leaves a torn line.
 */
export async function naiveRun(
  items: readonly string[],
  task: Task,
  sink: string,
  at: (point: string) => void,
): Promise<void> {
  const marks = `${sink}.done`
  const done = new Set(existsSync(marks) ? readFileSync(marks, 'utf8').split('\n') : [])
  const output = await open(sink, 'a')
  const work = async (key: string): Promise<void> => {
    if (done.has(key)) return
    let line: string
    const added: string[] = []
    for (let attempt = 1; ; attempt++) {
      try {
        const data = await task(key, attempt, (child) => added.push(child))
        line = JSON.stringify({ key, attempts: attempt, data })
        break
      } catch (error) {
        if (attempt < 2) continue
        line = JSON.stringify({ key, attempts: attempt, error: { message: (error as Error).message } })
        break
      }
    }
    at('flush.begin')
    at('output.before')
    const half = line.length >> 1
    await output.write(line.slice(0, half))
    at('output.half')
    await output.write(`${line.slice(half)}\n`)
    at('output.written')
    done.add(key)
    writeFileSync(marks, key + '\n', { flag: 'a' })
    at('commit.committed')
    for (const child of added) await work(child)
  }
  await forEach(items, work, { concurrency: 1 })
  await output.close()
}
