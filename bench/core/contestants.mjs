// Every way to run n bodies, 100 at once. Each answers the results in the order of the items, unless it keeps none.
// "window": at most 100 calls are handed in at a time, which is the best style of what has only a queue. "all at once" is how these are commonly used.

const LIMIT = 100

export const bodies = {
  immediate: async (x) => x,
  saturated: (x) => new Promise((resolve) => setImmediate(resolve, x)),
}

export function* range(n) {
  for (let i = 0; i < n; i++) yield i
}

async function* asyncRange(n) {
  for (let i = 0; i < n; i++) yield i
}

/** Worker loops over one iterator, each task through `call`. */
async function workers(n, call) {
  const items = range(n)
  const results = []
  let next = 0
  const work = async () => {
    for (const x of items) {
      const index = next++
      results.push(undefined)
      results[index] = await call(x)
    }
  }
  await Promise.all(Array.from({ length: LIMIT }, work))
  return results
}

async function allAtOnce(n, call) {
  const calls = []
  for (const x of range(n)) calls.push(call(x))
  return Promise.all(calls)
}

/** By name: `make` loads what it needs and answers what runs; `share` is how much of n it is given, for those that would take minutes. */
export const contestants = {
  'hand-written loop': { make: () => (n, body) => workers(n, body) },
  'hand-written loop, no results': {
    make: () => async (n, body) => {
      const items = range(n)
      const work = async () => {
        for (const x of items) await body(x)
      }
      await Promise.all(Array.from({ length: LIMIT }, work))
    },
  },
  'hand-written loop, async generator': {
    make: () => async (n, body) => {
      const items = asyncRange(n)
      const results = []
      let next = 0
      const work = async () => {
        for (;;) {
          const step = await items.next()
          if (step.done) return
          const index = next++
          results.push(undefined)
          results[index] = await body(step.value)
        }
      }
      await Promise.all(Array.from({ length: LIMIT }, work))
      return results
    },
  },
  'sluice map': {
    make: async () => {
      const { map } = await import('@sluice/core')
      return (n, body) => map(range(n), body, { concurrency: LIMIT })
    },
  },
  'sluice forEach': {
    make: async () => {
      const { forEach } = await import('@sluice/core')
      return (n, body) => forEach(range(n), body, { concurrency: LIMIT })
    },
  },
  'sluice map, async generator': {
    make: async () => {
      const { map } = await import('@sluice/core')
      return (n, body) => map(asyncRange(n), body, { concurrency: LIMIT })
    },
  },
  'sluice mapIterable': {
    make: async () => {
      const { mapIterable } = await import('@sluice/core')
      return async (n, body) => {
        let expected = 0
        for await (const value of mapIterable(range(n), body, { concurrency: LIMIT })) {
          if (value !== expected++) throw new Error('out of order')
        }
        if (expected !== n) throw new Error(`${expected} results instead of ${n}`)
      }
    },
  },
  'sluice createTask': {
    make: async () => {
      const { TaskGroup } = await import('@sluice/core')
      return (n, body) =>
        TaskGroup.run({ concurrency: LIMIT }, async (group) => {
          for (let i = 0; i < n; i++) await group.createTask(() => body(i))
          await group.join()
          return group.results()
        })
    },
    context: async (enter, n) => {
      const { TaskGroup } = await import('@sluice/core')
      await TaskGroup.run({ concurrency: 4 }, async (group) => {
        await Promise.all(Array.from({ length: n }, (_, i) => enter(i, (body) => group.createTask(body))))
      })
    },
  },
  'p-limit, window': {
    make: async () => {
      const { default: pLimit } = await import('p-limit')
      const limit = pLimit(LIMIT)
      return (n, body) => workers(n, (x) => limit(body, x))
    },
  },
  'p-limit, all at once': {
    share: 0.2,
    make: async () => {
      const { default: pLimit } = await import('p-limit')
      const limit = pLimit(LIMIT)
      return (n, body) => allAtOnce(n, (x) => limit(body, x))
    },
  },
  'p-queue, window': {
    share: 0.5,
    make: async () => {
      const { default: PQueue } = await import('p-queue')
      const queue = new PQueue({ concurrency: LIMIT })
      return (n, body) => workers(n, (x) => queue.add(() => body(x)))
    },
  },
  'p-queue, all at once': {
    share: 0.1,
    make: async () => {
      const { default: PQueue } = await import('p-queue')
      const queue = new PQueue({ concurrency: LIMIT })
      return (n, body) => allAtOnce(n, (x) => queue.add(() => body(x)))
    },
  },
  'fastq, window': {
    make: async () => {
      const { default: fastq } = await import('fastq')
      return (n, body) => {
        const queue = fastq.promise(body, LIMIT)
        return workers(n, (x) => queue.push(x))
      }
    },
  },
  'fastq, all at once': {
    share: 0.2,
    make: async () => {
      const { default: fastq } = await import('fastq')
      return (n, body) => {
        const queue = fastq.promise(body, LIMIT)
        return allAtOnce(n, (x) => queue.push(x))
      }
    },
  },
  'p-map': {
    make: async () => {
      const { default: pMap } = await import('p-map')
      return (n, body) => pMap(range(n), body, { concurrency: LIMIT })
    },
  },
  'p-map pMapIterable': {
    make: async () => {
      const { pMapIterable } = await import('p-map')
      return async (n, body) => {
        let expected = 0
        for await (const value of pMapIterable(range(n), body, { concurrency: LIMIT })) {
          if (value !== expected++) throw new Error('out of order')
        }
      }
    },
  },
  'async.mapLimit': {
    make: async () => {
      const { default: async } = await import('async')
      // It takes only what is written `async` for a function that answers a promise.
      const told = (body) => (body.constructor === Function ? async.asyncify(body) : body)
      return (n, body) => async.mapLimit(range(n), LIMIT, told(body))
    },
  },
  'promise-pool': {
    share: 0.2,
    make: async () => {
      const { PromisePool } = await import('@supercharge/promise-pool')
      return async (n, body) => {
        const pool = PromisePool.for(range(n)).withConcurrency(LIMIT).useCorrespondingResults()
        return (await pool.process((x) => body(x))).results
      }
    },
  },
  'effect forEach': {
    share: 0.5,
    make: async () => {
      const { Effect } = await import('effect')
      return (n, body) =>
        Effect.runPromise(Effect.forEach(range(n), (x) => Effect.promise(() => body(x)), { concurrency: LIMIT }))
    },
  },
  'bottleneck, window': {
    share: 0.002,
    make: async () => {
      const { default: Bottleneck } = await import('bottleneck')
      const limiter = new Bottleneck({ maxConcurrent: LIMIT })
      return (n, body) => workers(n, (x) => limiter.schedule(() => body(x)))
    },
  },
}
