import { expect, test } from 'vitest'
import { matchPages } from './match-pages.ts'

const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => `M_${from + i}`)

async function read(source: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const id of source) all.push(id)
  return all
}

test('asks for page after page until one is not full', async () => {
  const pages: number[] = []
  const ask = async ({ start, count }: { start: number; count: number }) => {
    pages.push(start)
    return ids(0, 230).slice(start, start + count)
  }
  expect(await read(matchPages(ask, {}))).toEqual(ids(0, 230))
  expect(pages).toEqual([0, 100, 200])
  expect(await read(matchPages(ask, { start: 50, count: 120 }))).toEqual(ids(50, 120))
  expect(pages.slice(3)).toEqual([50, 150])
  expect(await read(matchPages(ask, { start: 230 }))).toEqual([])
  expect(await read(matchPages(ask, { count: 0 }))).toEqual([])
})

test('matches that are played meanwhile make nothing come twice', async () => {
  let played = 0
  const ask = async ({ start, count }: { start: number; count: number }) => {
    const newest = 1000 + played++ * 3
    return Array.from(
      { length: Math.max(0, Math.min(count, newest - 800 - start)) },
      (_, i) => `M_${newest - start - i}`,
    )
  }
  const all = await read(matchPages(ask, {}))
  expect(new Set(all).size).toBe(all.length)
  expect(all.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, i) => `M_${1000 - i}`))
})
