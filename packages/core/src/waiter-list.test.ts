import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LinkedList, Link } from './linked-list.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

class Item extends Link {
  readonly id: number
  constructor(id: number) {
    super()
    this.id = id
  }
}

const ids = (list: LinkedList<Item>) => {
  const forward: number[] = []
  const backward: number[] = []
  for (let item = list.first; item !== undefined; item = item.next) forward.push(item.id)
  for (let item = list.last; item !== undefined; item = item.previous) backward.unshift(item.id)
  expect(backward).toEqual(forward)
  expect(list.size).toBe(forward.length)
  return forward
}

/** An AbortSignal that counts its listeners: the public API cannot be asked in a browser. */
function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args))
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args))
  return { controller, signal, listeners: () => listeners }
}

describe('LinkedList', () => {
  test('any order of push, shift and remove gives what an array gives', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('push', 'shift', 'remove'), fc.nat(20))), (steps) => {
        const list = new LinkedList<Item>()
        const model: Item[] = []
        const gone: Item[] = []
        for (const [step, n] of steps) {
          let expected: Item | undefined
          let taken: Item | undefined
          if (step === 'push') {
            const item = new Item(gone.length + model.length)
            list.push(item)
            model.push(item)
          } else {
            expected = model.splice(step === 'shift' ? 0 : n % Math.max(1, model.length), 1)[0]
            if (step === 'shift') taken = list.shift()
            else if (expected !== undefined && list.remove(expected)) taken = expected
            if (taken !== undefined) gone.push(taken)
          }
          expect(taken).toBe(expected)
          expect(ids(list)).toEqual(model.map((item) => item.id))
          for (const item of gone) {
            expect(list.remove(item)).toBe(false)
            expect([item.previous, item.next, item.list]).toEqual([undefined, undefined, undefined])
          }
        }
      }),
    )
  })
})

describe('WaiterList', () => {
  test('law 97: a cancelled waiter leaves the list, wherever it stands, and the list is told', async () => {
    let left = 0
    const list = new WaiterList<Waiter<number>>(() => left++)
    const { controller, signal, listeners } = countedSignal()
    const waiters = Array.from({ length: 5 }, () => new Waiter<number>())
    waiters.forEach((waiter, i) => list.push(waiter, i % 2 === 1 ? signal : undefined))
    expect(listeners()).toBe(1)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiters[1]!.promise).rejects.toBe(reason)
    await expect(waiters[3]!.promise).rejects.toBe(reason)
    expect([list.size, left, listeners()]).toEqual([3, 2, 0])
    expect([list.take(), list.take(), list.take(), list.take()]).toEqual([
      waiters[0],
      waiters[2],
      waiters[4],
      undefined,
    ])
  })

  test('law 86: who is taken out cannot be cancelled any more, and leaves no listener', async () => {
    const list = new WaiterList<Waiter<string>>()
    const { controller, signal, listeners } = countedSignal()
    const waiter = new Waiter<string>()
    list.push(waiter, signal)
    list.take()!.resolve('mine')
    expect(listeners()).toBe(0)
    controller.abort()
    expect(await waiter.promise).toBe('mine')
  })

  test('law 86: inside the dispatch of its own abort a waiter is passed over and the next one is taken', async () => {
    const list = new WaiterList<Waiter<string>>()
    const controller = new AbortController()
    const [doomed, next] = [new Waiter<string>(), new Waiter<string>()]
    // This listener runs before the list's own.
    controller.signal.addEventListener('abort', () => list.take()!.resolve('handed over'))
    list.push(doomed, controller.signal)
    list.push(next)
    controller.abort('stop')
    await expect(doomed.promise).rejects.toBe('stop')
    expect(await next.promise).toBe('handed over')
    expect(list.size).toBe(0)
  })

  test('rejectAll settles everybody and removes every listener', async () => {
    const list = new WaiterList<Waiter<string>>()
    const { signal, listeners } = countedSignal()
    const waiters = [new Waiter<string>(), new Waiter<string>()]
    for (const waiter of waiters) list.push(waiter, signal)
    list.rejectAll('closed')
    expect(await Promise.allSettled(waiters.map((waiter) => waiter.promise))).toEqual([
      { status: 'rejected', reason: 'closed' },
      { status: 'rejected', reason: 'closed' },
    ])
    expect([list.size, listeners()]).toEqual([0, 0])
  })

  test('10,000 waiters on one signal share one listener, and leave in linear time', async () => {
    const list = new WaiterList<Waiter<void>>()
    const { controller, signal, listeners } = countedSignal()
    const settled: Promise<unknown>[] = []
    for (let i = 0; i < 10_000; i++) {
      const waiter = new Waiter<void>()
      list.push(waiter, signal)
      settled.push(waiter.promise.catch((error) => error))
    }
    expect(listeners()).toBe(1)
    controller.abort('stop')
    expect([list.size, listeners()]).toEqual([0, 0])
    expect(new Set(await Promise.all(settled))).toEqual(new Set(['stop']))
  })
})
