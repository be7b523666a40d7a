import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Queue } from './queue.ts'

type Kind = 'returns' | 'returns later' | 'fails' | 'fails later' | 'returns nothing' | 'puts another'

const kinds: Kind[] = ['returns', 'returns later', 'fails', 'fails later', 'returns nothing', 'puts another']

test(
  'laws 96, 97, 98, 101, 104: under random schedules of puts, aborts, pauses and a cancel nothing is lost, doubled or out of order',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.record({
          workers: fc.integer({ min: 1, max: 3 }),
          maxsize: fc.integer({ min: 0, max: 3 }),
          tasks: fc.array(fc.record({ kind: fc.constantFrom(...kinds), doomed: fc.boolean() }), {
            minLength: 1,
            maxLength: 10,
          }),
          pauses: fc.boolean(),
          cancels: fc.boolean(),
        }),
        async (s, { workers, maxsize, tasks, pauses, cancels }) => {
          const began: number[] = []
          const valued: number[] = []
          const failed: number[] = []
          const reported: number[] = []
          const entered: number[] = []
          const refused: number[] = []
          const queue = new Queue<number>({
            workers,
            maxsize,
            exceptionHandler: (error) => reported.push(Number((error as Error).message)),
          })
          let running = 0

          const check = () => {
            const now = queue.statistics()
            expect(running).toBeLessThanOrEqual(workers)
            expect(now.running).toBeLessThanOrEqual(workers)
            expect(now.waiting).toBeLessThanOrEqual(maxsize)
            // Who waits in put waits for a reason.
            expect(now.blocked === 0 || now.waiting === maxsize).toBe(true)
          }
          const work = (id: number, kind: Kind) => async () => {
            began.push(id)
            running++
            check()
            if (kind.endsWith('later')) await s.schedule(Promise.resolve(), `task ${id}`)
            if (kind === 'puts another') put(100 + id, 'returns', undefined)
            running--
            if (kind.startsWith('fails')) {
              failed.push(id)
              throw new Error(String(id))
            }
            if (kind === 'returns nothing') return undefined
            valued.push(id)
            return id
          }
          const order: number[] = []
          const put = (id: number, kind: Kind, signal: AbortSignal | undefined) => {
            order.push(id)
            void queue.put(work(id, kind), signal === undefined ? {} : { signal }).then(
              () => void entered.push(id),
              () => void refused.push(id),
            )
            check()
          }

          tasks.forEach(({ kind, doomed }, id) => {
            const controller = doomed ? new AbortController() : undefined
            void s.schedule(Promise.resolve(), `put ${id}`).then(() => {
              put(id, kind, controller?.signal)
              if (doomed) void s.schedule(Promise.resolve(), `abort ${id}`).then(() => controller?.abort('aborted'))
            })
          })
          if (pauses) {
            void s.schedule(Promise.resolve(), 'pause').then(() => {
              queue.pause()
              return s.schedule(Promise.resolve(), 'resume').then(() => queue.resume())
            })
          }
          if (cancels) void s.schedule(Promise.resolve(), 'cancel').then(() => queue.cancel())
          await s.waitIdle()
          const results = await queue.join()
          check()

          const position = (id: number) => order.indexOf(id)
          const sorted = (ids: number[]) => ids.toSorted((a, b) => position(a) - position(b))
          // Begun in the order of the puts, each at most once; whose put was refused never. (What a task puts synchronously may begin
          // before one whose slot is already reserved and which begins in this very turn.)
          const outer = began.filter((id) => id < 100)
          expect(outer).toEqual(sorted(outer))
          expect(new Set(began).size).toBe(began.length)
          expect(began.filter((id) => refused.includes(id))).toEqual([])
          // Every put has settled.
          expect(sorted([...entered, ...refused])).toEqual(order)
          expect(sorted(began)).toEqual(cancels ? sorted(began.filter((id) => entered.includes(id))) : sorted(entered))
          // Values in the order of the puts, each failure reported once.
          expect(results).toEqual(sorted(valued))
          expect(reported).toEqual(failed)
          expect(queue.statistics()).toMatchObject({
            running: 0,
            waiting: 0,
            blocked: 0,
            fulfilled: began.length - failed.length,
            rejected: failed.length,
          })
          expect(await queue.join()).toEqual([])
        },
      ),
      { numRuns: 1500 },
    )
  },
)
