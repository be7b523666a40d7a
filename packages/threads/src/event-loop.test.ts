import { expect, test } from 'vitest'
import { ThreadPool } from './thread-pool.ts'

const WORK = new URL('../fixtures/work.js', import.meta.url)
const BEAT = 5
const BURST = 250

/** Runs `body` beside a ticker of 5 ms, and measures its beats. */
async function withTicker(body: () => Promise<unknown>): Promise<{ longest: number; median: number; beats: number }> {
  const times = [performance.now()]
  const timer = setInterval(() => times.push(performance.now()), BEAT)
  await body()
  // What stalled the last beats shows only once the loop has come round.
  await new Promise((resolve) => setTimeout(resolve, BEAT))
  clearInterval(timer)
  times.push(performance.now())
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  const sorted = gaps.toSorted((a, b) => a - b)
  return { longest: sorted.at(-1)!, median: sorted[sorted.length >> 1]!, beats: gaps.length }
}

test.each(['compute', 'block'])(
  'a 5 ms ticker keeps its beat while 4 calls %s in threads',
  { retry: 2, timeout: 30_000 },
  async (name) => {
    await using pool = new ThreadPool({ size: 4 })
    // The threads are there already: the ticker measures the calls.
    await Promise.all([1, 2, 3, 4].map(() => pool.run(WORK, { name: 'later', args: [20, 0] })))
    const inThreads = await withTicker(() =>
      Promise.all([1, 2, 3, 4].map(() => pool.run(WORK, { name, args: [BURST] }))),
    )
    const directly = await withTicker(async () => {
      for (const end of [1, 2, 3, 4].map((call) => performance.now() + call * BURST)) while (performance.now() < end);
    })
    console.log(name, 'longest gap', inThreads.longest.toFixed(1), 'against', directly.longest.toFixed(1), inThreads)
    expect(directly.longest).toBeGreaterThan(4 * BURST - BEAT)
    expect(directly.longest / inThreads.longest).toBeGreaterThan(4)
    expect(inThreads.median).toBeLessThan(10 * BEAT)
    expect(inThreads.beats).toBeGreaterThan(5)
  },
)
