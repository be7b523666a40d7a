import { expect, test } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

// Only here: in a browser so many turns of the event loop take too long.
test('a loop of waits of 0 ms ends with an explanation, though many at once are fine', async () => {
  const clock = new VirtualClock()
  const wait = () => new Promise<void>((resolve) => clock.setTimer(resolve, 0))
  await clock.run(() => Promise.all(Array.from({ length: 110_000 }, wait)))
  const loop = clock.run(async () => {
    for (;;) await wait()
  })
  await expect(loop).rejects.toThrow(/100000 timers of 0 ms/)
})
