import { VirtualClock } from '@sluice/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeadlineList, DeadlineNode } from './deadline-list.ts'

class Node extends DeadlineNode {
  readonly id: number
  readonly fired: [id: number, time: number][]
  readonly clock: VirtualClock
  constructor(id: number, fired: [id: number, time: number][], clock: VirtualClock) {
    super()
    this.id = id
    this.fired = fired
    this.clock = clock
  }
  override onDeadline(): void {
    this.fired.push([this.id, this.clock.now()])
  }
}

test('fires each node at its time, and none that left', async () => {
  const clock = new VirtualClock()
  const list = new DeadlineList(clock)
  const fired: [number, number][] = []
  const nodes = [100, 50, 100, 10].map((ms, id) => {
    const node = new Node(id, fired, clock)
    list.add(node, ms, clock.now())
    return node
  })
  list.remove(nodes[1]!)
  list.remove(nodes[1]!)
  await clock.advance(60)
  expect(fired).toEqual([[3, 10]])
  list.add(nodes[0]!, 100, clock.now())
  await clock.advance(200)
  expect(fired).toEqual([
    [3, 10],
    [2, 100],
    [0, 160],
  ])
})

test('what fires may add and remove', async () => {
  const clock = new VirtualClock()
  const list = new DeadlineList(clock)
  const fired: [number, number][] = []
  const again = new Node(1, fired, clock)
  class Chain extends Node {
    override onDeadline(): void {
      super.onDeadline()
      if (this.fired.length < 3) list.add(this, 10, this.clock.now())
      list.remove(again)
    }
  }
  list.add(new Chain(0, fired, clock), 10, 0)
  list.add(again, 15, 0)
  await clock.advance(100)
  expect(fired).toEqual([
    [0, 10],
    [0, 20],
    [0, 30],
  ])
})

test('a closed list fires nothing and leaves no timer', async () => {
  const clock = new VirtualClock()
  const list = new DeadlineList(clock)
  const fired: [number, number][] = []
  list.add(new Node(0, fired, clock), 10, 0)
  list.close()
  await clock.advance(100)
  expect(fired).toEqual([])
})

test('whatever is added and removed, what is left fires in the order of its times', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ ms: fc.nat(60), at: fc.boolean(), wait: fc.nat(5), remove: fc.option(fc.nat(), { freq: 3 }) }),
        { maxLength: 60 },
      ),
      async (steps) => {
        const clock = new VirtualClock()
        const list = new DeadlineList(clock)
        const fired: [number, number][] = []
        const expected = new Map<number, number>()
        const nodes: Node[] = []
        for (const { ms, at, wait, remove } of steps) {
          const node = new Node(nodes.length, fired, clock)
          nodes.push(node)
          if (at) list.addAt(node, clock.now() + ms, clock.now())
          else list.add(node, ms, clock.now())
          expected.set(node.id, clock.now() + ms)
          if (remove !== null) {
            const victim = nodes[remove % nodes.length]!
            if (victim.list !== undefined) expected.delete(victim.id)
            list.remove(victim)
          }
          await clock.advance(wait)
        }
        await clock.advance(100)
        expect(new Map(fired)).toEqual(expected)
        expect(fired.map(([, time]) => time)).toEqual(fired.map(([, time]) => time).toSorted((x, y) => x - y))
      },
    ),
  )
})
