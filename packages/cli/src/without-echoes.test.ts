import { expect, test } from 'vitest'
import { withoutEchoes } from './without-echoes.ts'

test('a signal that comes again at once is one; one that comes later is another', () => {
  let now = 0
  const heard: number[] = []
  const listen = withoutEchoes(
    () => heard.push(now),
    () => now,
  )
  for (now of [100, 101, 124, 125, 130, 400]) listen('SIGINT')
  expect(heard).toEqual([100, 125, 400])
})
