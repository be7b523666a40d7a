import { expect, test } from 'vitest'
import { OrderedWindow } from './ordered-window.ts'

test('what ends in any order comes out in the order of the places', () => {
  const out: string[] = []
  const window = new OrderedWindow<string>(4, (value) => out.push(value))
  window.put(2, 'c')
  window.put(1, 'b')
  expect(out).toEqual([])
  window.put(0, 'a')
  expect(out).toEqual(['a', 'b', 'c'])
  // Nothing has come of the fourth.
  window.put(3, undefined)
  window.put(4, 'e')
  expect(out).toEqual(['a', 'b', 'c', 'e'])
})

test('a place that is too far ahead waits until there is room', async () => {
  const window = new OrderedWindow<string>(2, () => {})
  expect([window.full(0), window.full(1)]).toEqual([undefined, undefined])
  let room = false
  const waiting = window.full(2)!.then(() => {
    room = true
  })
  window.put(1, 'b')
  await waiting
  // It may look again, and has to wait again.
  expect([room, window.full(2) instanceof Promise]).toEqual([true, true])
  window.put(0, 'a')
  expect(window.full(2)).toBeUndefined()
})

test('what is behind a gap is given away when nothing more will come', () => {
  const out: string[] = []
  const window = new OrderedWindow<string>(9, (value) => out.push(value))
  window.put(5, 'f')
  window.put(3, 'd')
  window.flush()
  window.flush()
  expect(out).toEqual(['d', 'f'])
})
