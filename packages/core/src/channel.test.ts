import { describe, expect, expectTypeOf, test } from 'vitest'
import { turn, watch } from '../test/gates.ts'
import { Channel } from './channel.ts'
import { AbortError, ClosedError } from './errors.ts'

async function drain<T>(channel: Channel<T>): Promise<T[]> {
  const values: T[] = []
  for await (const value of channel) values.push(value)
  return values
}

describe('capacity', () => {
  test('law 95: bounded by default; Infinity must be spelled out; 0 is a rendezvous; anything else is refused', () => {
    expect(new Channel().capacity).toBe(64)
    expect(new Channel({ capacity: Infinity }).capacity).toBe(Infinity)
    expect(new Channel({ capacity: 0 }).capacity).toBe(0)
    expect(() => new Channel({ capacity: -1 })).toThrow(RangeError)
    expect(() => new Channel({ capacity: -1 })).toThrow(
      'capacity must be a whole number of at least 0, or Infinity, not -1',
    )
    expect(() => new Channel({ capacity: 1.5 })).toThrow(RangeError)
    expect(() => new Channel({ capacity: NaN })).toThrow(TypeError)
    expect(() => new Channel({ capacity: '3' as unknown as number })).toThrow(TypeError)
  })

  test('a channel without bound takes everything at once', async () => {
    const channel = new Channel<number>({ capacity: Infinity })
    for (let i = 0; i < 10_000; i++) expect(channel.trySend(i)).toBe(true)
    channel.close()
    expect(await drain(channel)).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
  })

  test('capacity 0: send ends when a receiver has the value, and not before', async () => {
    const channel = new Channel<string>({ capacity: 0 })
    expect(channel.trySend('nobody there')).toBe(false)
    expect(channel.tryReceive()).toBeUndefined()
    const sent = watch(channel.send('a'))
    await turn()
    expect(sent.end).toBe('pending')
    expect(channel.statistics()).toMatchObject({ buffered: 0, waitingSenders: 1 })
    expect(await channel.receive()).toBe('a')
    expect(sent.end).toEqual({ value: undefined })

    const received = channel.receive()
    expect(channel.trySend('b')).toBe(true)
    expect(await received).toBe('b')
  })
})

describe('order', () => {
  test('law 96: send waits when full, receive when empty, both in first-come order', async () => {
    const channel = new Channel<number>({ capacity: 2 })
    const order: string[] = []
    const sends = [1, 2, 3, 4].map((n) => channel.send(n).then(() => order.push(`sent ${n}`)))
    await turn()
    expect(order).toEqual(['sent 1', 'sent 2'])
    expect(await channel.receive()).toBe(1)
    await turn()
    expect(order).toEqual(['sent 1', 'sent 2', 'sent 3'])
    expect([await channel.receive(), await channel.receive(), await channel.receive()]).toEqual([2, 3, 4])
    await Promise.all(sends)
    expect(order).toEqual(['sent 1', 'sent 2', 'sent 3', 'sent 4'])

    const receives = [0, 1, 2].map((i) => channel.receive().then((value) => order.push(`receiver ${i}: ${value}`)))
    order.length = 0
    await channel.send(10)
    await channel.send(11)
    await channel.send(12)
    await Promise.all(receives)
    expect(order).toEqual(['receiver 0: 10', 'receiver 1: 11', 'receiver 2: 12'])
  })

  test('law 106: a value sent while somebody waits is theirs, and room made while somebody waits is theirs', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    // Nobody waits: what I sent, I may take back.
    channel.trySend(1)
    expect(channel.tryReceive()).toEqual({ value: 1 })

    const receiving = channel.receive()
    channel.trySend(2)
    expect(channel.tryReceive()).toBeUndefined()
    expect(await receiving).toBe(2)

    channel.trySend(3)
    const sending = channel.send(4)
    expect(channel.tryReceive()).toEqual({ value: 3 })
    expect(channel.trySend(5)).toBe(false)
    await sending
    expect(channel.tryReceive()).toEqual({ value: 4 })
  })

  test('law 106: receivers in a loop share the values evenly', async () => {
    const channel = new Channel<number>({ capacity: 3 })
    const counts = [0, 0, 0, 0]
    const receivers = counts.map(async (_, i) => {
      for await (const value of channel) {
        expect(value).toBeTypeOf('number')
        counts[i]!++
      }
    })
    for (let i = 0; i < 400; i++) await channel.send(i)
    channel.close()
    await Promise.all(receivers)
    expect(counts).toEqual([100, 100, 100, 100])
  })

  test('law 99: alternating senders and receivers never block each other', async () => {
    for (const capacity of [0, 1, 2]) {
      const channel = new Channel<number>({ capacity })
      const sent = Promise.all(Array.from({ length: 50 }, (_, i) => channel.send(i)))
      const received = Promise.all(Array.from({ length: 100 }, () => channel.receive()))
      await sent
      await Promise.all(Array.from({ length: 50 }, (_, i) => channel.send(50 + i)))
      expect(await received).toEqual(Array.from({ length: 100 }, (_, i) => i))
      expect(channel.statistics()).toMatchObject({ buffered: 0, waitingSenders: 0, waitingReceivers: 0 })
    }
  })

  test('undefined, null and promises are values like any other', async () => {
    const channel = new Channel<unknown>({ capacity: 4 })
    const promise = Promise.resolve('later')
    for (const value of [undefined, null, 0]) channel.trySend(value)
    expect([channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]).toEqual([
      { value: undefined },
      { value: null },
      { value: 0 },
    ])
    expect(channel.tryReceive()).toBeUndefined()
    const next = channel[Symbol.asyncIterator]().next()
    channel.trySend(promise)
    expect((await next).value).toBe(promise)
  })
})

describe('the end', () => {
  test('law 103: close refuses sends, also waiting ones, lets receivers drain, and then refuses them', async () => {
    const channel = new Channel<number>({ capacity: 2, name: 'matches' })
    await channel.send(1)
    await channel.send(2)
    const waiting = channel.send(3)
    channel.close()
    channel.close()
    await expect(waiting).rejects.toThrow(new ClosedError('channel "matches" is closed'))
    await expect(channel.send(4)).rejects.toThrow(ClosedError)
    expect(() => channel.trySend(4)).toThrow(ClosedError)
    expect(() => channel.sender()).toThrow(ClosedError)
    expect([await channel.receive(), channel.tryReceive()]).toEqual([1, { value: 2 }])
    await expect(channel.receive()).rejects.toThrow(ClosedError)
    expect(() => channel.tryReceive()).toThrow('channel "matches" is closed')
    expect(await drain(channel)).toEqual([])
  })

  test('law 103: close of an empty channel ends who waits: receive rejects, loops end', async () => {
    const channel = new Channel<number>()
    const receive = channel.receive()
    const loop = drain(channel)
    channel.close()
    await expect(receive).rejects.toThrow('the channel is closed')
    expect(await loop).toEqual([])
  })

  test('law 104: abort drops the values, and everybody who waits or comes is rejected with the reason', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const reason = new Error('fire')
    channel.trySend(1)
    const send = channel.send(2)
    channel.abort(reason)
    channel.abort(new Error('a second reason changes nothing'))
    await expect(send).rejects.toBe(reason)
    await expect(channel.send(3)).rejects.toBe(reason)
    await expect(channel.receive()).rejects.toBe(reason)
    await expect(drain(channel)).rejects.toBe(reason)
    expect(() => channel.trySend(3)).toThrow(reason)
    expect(() => channel.tryReceive()).toThrow(reason)
    expect(channel.statistics()).toMatchObject({ buffered: 0, waitingSenders: 0, state: 'aborted' })

    const idle = new Channel<number>({ name: 'jobs' })
    const receive = idle.receive()
    const loop = drain(idle)
    idle.abort()
    await expect(receive).rejects.toThrow(new AbortError('channel "jobs" was aborted'))
    await expect(loop).rejects.toThrow(AbortError)
    idle.close()
    expect(idle.statistics().state).toBe('aborted')
  })

  test('law 104: whoever joins is told of the end when abort drops what they waited for', async () => {
    const channel = new Channel<number>()
    channel.trySend(1)
    const joined = watch(channel.join())
    channel.abort('enough')
    await turn()
    expect(joined.end).toEqual({ value: undefined })
  })

  test('law 104: abort after close drops what was left', async () => {
    const channel = new Channel<number>()
    channel.trySend(1)
    channel.close()
    channel.abort('enough')
    await expect(channel.receive()).rejects.toBe('enough')
  })

  test('law 105: the channel is closed by its last sender', async () => {
    const channel = new Channel<string>({ capacity: 1 })
    const first = channel.sender()
    const second = first.clone()
    expect(channel.statistics().openSenders).toBe(2)
    const all = drain(channel)
    const produce = async (sender: typeof first, ...values: string[]) => {
      using own = sender
      for (const value of values) await own.send(value)
    }
    await produce(first, 'a', 'b')
    expect(channel.statistics()).toMatchObject({ openSenders: 1, state: 'open' })
    await produce(second, 'c')
    expect(channel.statistics()).toMatchObject({ openSenders: 0, state: 'closed' })
    expect(await all).toEqual(['a', 'b', 'c'])
  })

  test('law 105: a closed sender refuses, closing it twice counts once, and only its own waiting sends are refused', async () => {
    const channel = new Channel<string>({ capacity: 0 })
    const [one, other] = [channel.sender(), channel.sender()]
    const mine = one.send('mine')
    const theirs = other.send('theirs')
    const mineToo = one.send('mine too')
    one.close()
    one.close()
    await expect(mine).rejects.toThrow('this sender of the channel is closed')
    await expect(mineToo).rejects.toThrow(ClosedError)
    await expect(one.send('x')).rejects.toThrow(ClosedError)
    expect(() => one.trySend('x')).toThrow(ClosedError)
    expect(() => one.clone()).toThrow(ClosedError)
    expect(channel.statistics()).toMatchObject({ openSenders: 1, waitingSenders: 1, state: 'open' })
    expect(await channel.receive()).toBe('theirs')
    await theirs
    const receiving = channel.receive()
    expect(other.trySend('now')).toBe(true)
    expect(await receiving).toBe('now')
    other[Symbol.dispose]()
    expect(channel.statistics().state).toBe('closed')
  })

  test('leaving a loop early leaves the channel as it is', async () => {
    const channel = new Channel<number>()
    for (const n of [1, 2, 3]) channel.trySend(n)
    for await (const value of channel) {
      expect(value).toBe(1)
      break
    }
    expect(await channel.receive()).toBe(2)
    const iterator = channel[Symbol.asyncIterator]()
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator)
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(channel.statistics().buffered).toBe(1)
  })

  test('several next() calls at once are served in order, and a finished iterator stays finished', async () => {
    const channel = new Channel<number>()
    const iterator = channel[Symbol.asyncIterator]()
    const results = [iterator.next(), iterator.next(), iterator.next()]
    channel.trySend(1)
    channel.trySend(2)
    channel.abort('reason')
    expect(await Promise.allSettled(results)).toEqual([
      { status: 'fulfilled', value: { done: false, value: 1 } },
      { status: 'fulfilled', value: { done: false, value: 2 } },
      { status: 'rejected', reason: 'reason' },
    ])
    await expect(iterator.next()).rejects.toBe('reason')
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })
})

describe('accounting', () => {
  test('law 101: join waits until what was sent is finished, not merely taken out; an empty channel joins at once', async () => {
    const channel = new Channel<number>()
    await channel.join()
    channel.trySend(1)
    channel.trySend(2)
    const joined = watch(channel.join())
    await channel.receive()
    await channel.receive()
    await turn()
    expect(channel.statistics()).toMatchObject({ buffered: 0, unfinished: 2 })
    expect(joined.end).toBe('pending')
    channel.taskDone()
    await turn()
    expect(joined.end).toBe('pending')
    channel.taskDone()
    await turn()
    expect(joined.end).toEqual({ value: undefined })
    await channel.join()
  })

  test('law 101: a join can be cancelled, and leaves nothing behind', async () => {
    const channel = new Channel<number>()
    channel.trySend(1)
    await expect(channel.join({ signal: AbortSignal.abort('no') })).rejects.toBe('no')
    const controller = new AbortController()
    const joined = channel.join({ signal: controller.signal })
    controller.abort('stop')
    await expect(joined).rejects.toBe('stop')
  })

  test('law 102: too many taskDone calls are an error', async () => {
    const channel = new Channel<number>({ name: 'jobs' })
    expect(() => channel.taskDone()).toThrow(RangeError)
    channel.trySend(1)
    // Sent, but nobody has it yet: nobody can have finished it.
    expect(() => channel.taskDone()).toThrow('more often than values were received from channel "jobs"')
    await channel.receive()
    channel.taskDone()
    expect(() => channel.taskDone()).toThrow(RangeError)
  })

  test('law 104: dropped values count as done; join ends when the work on received ones ends', async () => {
    const channel = new Channel<number>()
    for (const n of [1, 2, 3]) channel.trySend(n)
    await channel.receive()
    const joined = watch(channel.join())
    channel.abort('enough')
    await turn()
    expect(joined.end).toBe('pending')
    channel.taskDone()
    await turn()
    expect(joined.end).toEqual({ value: undefined })
  })

  test('law 107: statistics', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const sender = channel.sender()
    channel.trySend(1)
    const sending = channel.send(2)
    expect(channel.statistics()).toEqual({
      capacity: 1,
      buffered: 1,
      waitingSenders: 1,
      waitingReceivers: 0,
      openSenders: 1,
      unfinished: 1,
      state: 'open',
    })
    await channel.receive()
    await sending
    await channel.receive()
    const receiving = [channel.receive(), channel.receive()]
    expect(channel.statistics()).toMatchObject({ buffered: 0, waitingReceivers: 2, unfinished: 2 })
    sender.close()
    await Promise.allSettled(receiving)
    expect(channel.statistics()).toMatchObject({ openSenders: 0, waitingReceivers: 0, state: 'closed' })
  })
})

test('types', () => {
  const channel = new Channel<number>()
  expectTypeOf<Channel<number>['receive']>().returns.resolves.toEqualTypeOf<number>()
  expectTypeOf(channel.tryReceive()).toEqualTypeOf<{ value: number } | undefined>()
  // @ts-expect-error: not a number
  channel.trySend('one')
})
