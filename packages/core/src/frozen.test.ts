import { describe, expect, test } from 'vitest'
import { IMMUTABLE, frozen } from './frozen.ts'

describe('frozen', () => {
  test('hands out a fresh deep copy each time, so that no consumer changes anything', () => {
    const source = [
      { id: 1, tags: ['a'] },
      { id: 2, tags: ['b'] },
    ]
    const list = frozen(source)
    for (const item of list) {
      item.id = 99
      item.tags.push('changed')
    }
    list.at(0)!.tags.length = 0
    expect([...list]).toEqual([
      { id: 1, tags: ['a'] },
      { id: 2, tags: ['b'] },
    ])
    expect(source).toEqual([
      { id: 1, tags: ['a'] },
      { id: 2, tags: ['b'] },
    ])
    expect([...list][0]).not.toBe([...list][0])
    expect([...list][0]).not.toBe(source[0])
  })

  test('takes any iterable, and can be iterated as often as one likes, also interleaved', () => {
    let pulls = 0
    const list = frozen(
      (function* () {
        for (let i = 0; i < 3; i++) {
          pulls++
          yield { i }
        }
      })(),
    )
    const [a, b] = [list[Symbol.iterator](), list[Symbol.iterator]()]
    expect([a.next().value, b.next().value, a.next().value]).toEqual([{ i: 0 }, { i: 0 }, { i: 1 }])
    expect([...list]).toHaveLength(3)
    expect(pulls).toBe(3)
    expect([...frozen(new Set(['x', 'y']))]).toEqual(['x', 'y'])
    expect([...frozen('ab')]).toEqual(['a', 'b'])
  })

  test('length and at, also from the end, and the list itself cannot be changed', () => {
    const source = ['a', 'b', 'c']
    const list = frozen(source)
    source.push('d')
    expect(list).toHaveLength(3)
    expect([list.at(0), list.at(-1), list.at(3), list.at(-4)]).toEqual(['a', 'c', undefined, undefined])
    expect(() => ((list as { length: number }).length = 0)).toThrow(TypeError)
    expect([...frozen([])]).toEqual([])
    expect(frozen([]).at(0)).toBeUndefined()
  })

  test('copies dates, maps, sets, buffers, cycles and missing prototypes', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const bare = Object.assign(Object.create(null) as object, { x: 1 })
    const items = [
      new Date(5),
      new Map([[1, { a: 1 }]]),
      new Set([1]),
      new Uint8Array([1, 2]),
      /x/g,
      bare,
      null,
      undefined,
      7n,
    ]
    expect([...frozen<unknown>(items)].map((item) => (item === null ? null : typeof item))).toHaveLength(items.length)
    expect([...frozen<unknown>(items.slice(0, 5))]).toEqual(items.slice(0, 5))
    expect({ ...(frozen<unknown>([bare]).at(0) as object) }).toEqual({ x: 1 })
    const twin = frozen([cycle]).at(0)!
    expect(twin.self).toBe(twin)
    expect(twin).not.toBe(cycle)
  })

  test('an item that cannot be copied whole is named, when it is reached', () => {
    class Match {
      id = 1
    }
    const list = frozen<unknown>([{ ok: true }, new Match(), { run: () => 1 }, () => 1, Symbol('s')])
    expect(list.at(0)).toEqual({ ok: true })
    expect(() => list.at(1)).toThrow(/frozen: item 1, an object \(Match\), cannot be copied whole/)
    expect(() => list.at(2)).toThrow(TypeError)
    expect(() => [...list]).toThrow(/item 1/)
    expect(() => list.at(3)).toThrow(/item 3, function/)
    expect(typeof list.at(4)).toBe('symbol')
  })

  test('wrong use teaches', () => {
    expect(() => frozen(5 as never)).toThrow(/frozen takes an iterable, such as an array, not 5/)
    expect(() => frozen(null as never)).toThrow(TypeError)
    expect(() => frozen(Promise.resolve([]) as never)).toThrow(/not a promise; await it first/)
  })
})

test('what says that it is immutable is handed out itself', () => {
  class Model {
    readonly id = 1
    get [IMMUTABLE](): boolean {
      return true
    }
  }
  const model = Object.freeze(new Model())
  expect(frozen([model]).at(0)).toBe(model)
  expect([...frozen([model, { n: 1 }])]).toEqual([model, { n: 1 }])
  expect(() => frozen([{ [IMMUTABLE]: 'yes', fn() {} }]).at(0)).toThrow('cannot be copied whole')
  expect(IMMUTABLE).toBe(Symbol.for('sluice.immutable'))
})
