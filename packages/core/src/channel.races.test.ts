import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { turn } from '../test/gates.ts'
import { Channel } from './channel.ts'
import { ClosedError } from './errors.ts'
import { forEach } from './for-each.ts'
import { mapIterable } from './map-iterable.ts'

async function drain<T>(channel: Channel<T>): Promise<T[]> {
  const values: T[] = []
  for await (const value of channel) values.push(value)
  return values
}

describe('cancellation', () => {
  test('law 97: a cancelled receive or send leaves its list and its signal', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const controller = new AbortController()
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    const reason = new Error('changed my mind')
    const receives = [1, 2, 3].map(() => channel.receive({ signal: controller.signal }))
    controller.abort(reason)
    for (const receive of receives) await expect(receive).rejects.toBe(reason)
    expect(channel.statistics()).toMatchObject({ waitingReceivers: 0, buffered: 0 })
    expect(remove).toHaveBeenCalled()

    channel.trySend(1)
    const second = new AbortController()
    const send = channel.send(2, { signal: second.signal })
    expect(channel.statistics().waitingSenders).toBe(1)
    second.abort(reason)
    await expect(send).rejects.toBe(reason)
    expect(channel.statistics()).toMatchObject({ waitingSenders: 0, buffered: 1 })
  })

  test('law 98: the wake-up of a cancelled receiver goes to the next one, also inside the dispatch of its own abort', async () => {
    const channel = new Channel<number>()
    const controller = new AbortController()
    controller.signal.addEventListener('abort', () => channel.trySend(7))
    const first = channel.receive({ signal: controller.signal })
    const second = channel.receive()
    controller.abort('stop')
    await expect(first).rejects.toBe('stop')
    expect(await second).toBe(7)
  })

  test('law 98: the room of a cancelled sender goes to the next one, also inside the dispatch of its own abort', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    channel.trySend(1)
    const controller = new AbortController()
    const taken: unknown[] = []
    controller.signal.addEventListener('abort', () => taken.push(channel.tryReceive()))
    const first = channel.send(2, { signal: controller.signal })
    const second = channel.send(3)
    controller.abort('stop')
    await expect(first).rejects.toBe('stop')
    await second
    expect(taken).toEqual([{ value: 1 }])
    expect(channel.tryReceive()).toEqual({ value: 3 })
  })

  test('law 98: a loop that is left while it waits passes its place on', async () => {
    const channel = new Channel<number>()
    const [left, other] = [channel[Symbol.asyncIterator](), channel[Symbol.asyncIterator]()]
    const waiting = [left.next(), other.next(), left.next()]
    await left.return?.()
    expect(channel.statistics().waitingReceivers).toBe(1)
    channel.trySend(1)
    const end = { done: true, value: undefined }
    expect(await Promise.all(waiting)).toEqual([end, { done: false, value: 1 }, end])
  })

  test.each<[string, (channel: Channel<number>) => Promise<unknown>]>([
    [
      'forEach is aborted',
      async (channel) => {
        const controller = new AbortController()
        const work = forEach(channel, () => {}, { signal: controller.signal }).catch(() => {})
        await turn()
        controller.abort()
        await work
      },
    ],
    [
      'the loop over mapIterable is left',
      async (channel) => {
        channel.trySend(0)
        for await (const value of mapIterable(channel, (n) => n)) if (value === 0) break
      },
    ],
  ])('law 98: after %s, nobody takes a value out of the channel any more', async (_, leave) => {
    const channel = new Channel<number>()
    await leave(channel)
    expect(channel.statistics().waitingReceivers).toBe(0)
    channel.trySend(1)
    expect(channel.tryReceive()).toEqual({ value: 1 })
  })

  test('law 100: an aborted signal refuses before anything moves; an abort after the hand-over changes nothing', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const aborted = AbortSignal.abort('no')
    await expect(channel.send(1, { signal: aborted })).rejects.toBe('no')
    expect(channel.statistics().buffered).toBe(0)
    channel.trySend(1)
    await expect(channel.receive({ signal: aborted })).rejects.toBe('no')
    expect(channel.statistics().buffered).toBe(1)
    expect(channel.tryReceive()).toEqual({ value: 1 })

    const controller = new AbortController()
    const receive = channel.receive({ signal: controller.signal })
    channel.trySend(2)
    controller.abort('too late')
    expect(await receive).toBe(2)
  })

  // The exact meaning, told by a model that is too simple to be wrong: plain arrays, and a scan for everything.
  test(
    'laws 96, 98, 100: any sequence of operations, aborts and turns of the loop does what the model says',
    { timeout: 60_000 },
    async () => {
      type Step =
        | { op: 'send' | 'receive' | 'next' | 'trySend' | 'tryReceive' }
        | { op: 'abort'; which: number }
        | { op: 'turn' | 'close' }
      const step: fc.Arbitrary<Step> = fc.oneof(
        {
          weight: 12,
          arbitrary: fc.record({ op: fc.constantFrom('send', 'receive', 'next', 'trySend', 'tryReceive') }),
        },
        { weight: 4, arbitrary: fc.record({ op: fc.constant('abort'), which: fc.nat(30) }) },
        { weight: 2, arbitrary: fc.constant({ op: 'turn' }) },
        { weight: 1, arbitrary: fc.constant({ op: 'close' }) },
      )
      const END = 'closed'
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.array(step, { maxLength: 40 }), async (capacity, steps) => {
          const channel = new Channel<number>({ capacity })
          const real: unknown[] = []
          const controllers: AbortController[] = []
          const expected: unknown[] = []
          const senders: { id: number; value: number }[] = []
          const receivers: { id: number; iterating: boolean }[] = []
          const buffer: number[] = []
          let open = true
          const settle = (id: number, value: unknown) => (expected[id] = value)

          const model = {
            take(): number | undefined {
              let value = buffer.shift()
              const sender = senders.shift()
              if (sender !== undefined) {
                settle(sender.id, 'sent')
                if (value === undefined) value = sender.value
                else buffer.push(sender.value)
              }
              return value
            },
            accept(value: number): boolean {
              const receiver = receivers.shift()
              if (receiver !== undefined) settle(receiver.id, value)
              else if (buffer.length < capacity) buffer.push(value)
              else return false
              return true
            },
          }
          const attempt = (action: () => unknown) => {
            try {
              return action()
            } catch {
              return END
            }
          }

          for (const what of steps) {
            const id = real.length
            if (what.op === 'turn') await Promise.resolve()
            else if (what.op === 'close') {
              channel.close()
              for (const { id: waiting } of senders.splice(0)) settle(waiting, END)
              for (const { id: waiting } of receivers.splice(0)) settle(waiting, END)
              open = false
            } else if (what.op === 'abort') {
              const target = what.which % Math.max(1, real.length)
              controllers[target]?.abort('aborted')
              for (const list of [senders, receivers]) {
                const at = list.findIndex((waiter) => waiter.id === target)
                if (at >= 0 && controllers[target] !== undefined) {
                  list.splice(at, 1)
                  settle(target, 'aborted')
                }
              }
            } else {
              expected[id] = 'pending'
              real[id] = 'pending'
              const note = (promise: Promise<unknown>) => {
                promise.then(
                  (value) => (real[id] = value),
                  (error) => (real[id] = error instanceof ClosedError ? END : error),
                )
              }
              const signal = () => (controllers[id] = new AbortController()).signal
              if (what.op === 'trySend') {
                real[id] = attempt(() => channel.trySend(id))
                settle(id, open ? model.accept(id) : END)
              } else if (what.op === 'send') {
                note(channel.send(id, { signal: signal() }).then(() => 'sent'))
                if (!open) settle(id, END)
                else if (model.accept(id)) settle(id, 'sent')
                else senders.push({ id, value: id })
              } else if (what.op === 'tryReceive') {
                real[id] = attempt(() => channel.tryReceive()?.value ?? 'empty')
                settle(id, model.take() ?? (open ? 'empty' : END))
              } else {
                const iterating = what.op === 'next'
                note(
                  iterating
                    ? channel[Symbol.asyncIterator]()
                        .next()
                        .then((result) => (result.done ? END : result.value))
                    : channel.receive({ signal: signal() }),
                )
                const value = model.take()
                if (value !== undefined) settle(id, value)
                else if (open) receivers.push({ id, iterating })
                else settle(id, END)
              }
            }
            expect(channel.statistics()).toMatchObject({
              buffered: buffer.length,
              waitingSenders: senders.length,
              waitingReceivers: receivers.length,
              state: open ? 'open' : 'closed',
            })
          }
          for (let i = 0; i < 5; i++) await Promise.resolve()
          expect(real).toEqual(expected)
        }),
        { numRuns: 3000 },
      )
    },
  )

  test(
    'laws 98, 100: producers and consumers under random schedules with random aborts lose and double nothing',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.integer({ min: 0, max: 2 }),
          fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
          fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
          async (s, capacity, sends, receives) => {
            const channel = new Channel<number>({ capacity })
            const sent: number[] = []
            const refused: number[] = []
            const received: number[] = []
            const run = async (doomed: boolean, label: string, operation: (signal?: AbortSignal) => Promise<void>) => {
              await s.schedule(Promise.resolve(), label)
              if (!doomed) return operation()
              const controller = new AbortController()
              const done = operation(controller.signal)
              await s.schedule(Promise.resolve(), `abort ${label}`)
              controller.abort('aborted')
              return done
            }
            const actors = [
              ...sends.map((doomed, i) =>
                run(doomed, `send ${i}`, (signal) =>
                  channel.send(i, { signal }).then(
                    () => void sent.push(i),
                    () => void refused.push(i),
                  ),
                ),
              ),
              ...receives.map((doomed, i) =>
                run(doomed, `receive ${i}`, (signal) =>
                  channel.receive({ signal }).then(
                    (value) => void received.push(value),
                    () => undefined,
                  ),
                ),
              ),
            ]
            await s.waitIdle()
            // Whoever still waits now waits for lack of a partner.
            const { waitingSenders, waitingReceivers, buffered } = channel.statistics()
            expect(Math.min(waitingSenders + buffered, waitingReceivers)).toBe(0)
            channel.close()
            received.push(...(await drain(channel)))
            await Promise.all(actors)
            const ascending = (a: number, b: number) => a - b
            expect(received.toSorted(ascending)).toEqual(sent.toSorted(ascending))
            expect([...sent, ...refused].toSorted(ascending)).toEqual(sends.map((_, i) => i))
          },
        ),
        { numRuns: 2000 },
      )
    },
  )
})
