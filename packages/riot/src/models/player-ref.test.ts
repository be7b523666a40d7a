import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { describe, expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { DeadlineError, NotFoundError } from '../errors.ts'
import { PlayerRef, playerIdOf } from './player-ref.ts'

const THROW = { notFound: 'throw' } as const

async function withPlayer(
  body: (world: {
    player: PlayerRef
    puuid: string
    nobody: PlayerRef
    asked: () => number
    delay: (ms: number) => Promise<void>
    now: () => number
  }) => Promise<void>,
): Promise<void> {
  const { riot, simulator, run, clock } = simClient({ platform: 'kr' }, { latency: 'prod' })
  await run(async () => {
    const puuid = simulator.puuid('kr', 0, PRODUCTION_KEY)
    const { gameName, tagLine } = await riot.accountV1.getByPuuid(puuid)
    const before = simulator.stats().arrivals
    await body({
      puuid,
      player: new PlayerRef(riot, { gameName: gameName!, tagLine: tagLine! }, 'asia'),
      nobody: new PlayerRef(riot, { gameName: 'Nobody', tagLine: 'NIX' }, 'asia'),
      asked: () => simulator.stats().arrivals - before,
      delay: (ms) => new Promise((resolve) => clock.setTimer(resolve, ms)),
      now: () => clock.now(),
    })
  })
}

describe('a player by Riot id', () => {
  test('is looked up once, also for several at once', async () => {
    await withPlayer(async ({ player, puuid, asked }) => {
      expect(await Promise.all([1, 2, 3].map(() => player.puuid(THROW)))).toEqual([puuid, puuid, puuid])
      expect(await player.puuid(THROW)).toBe(puuid)
      expect(asked()).toBe(1)
    })
  })

  test('who gives up leaves the others their answer', async () => {
    await withPlayer(async ({ player, puuid, asked, delay }) => {
      const [first, third] = [new AbortController(), new AbortController()]
      const answers = [
        player.puuid({ ...THROW, signal: first.signal }),
        player.puuid(THROW),
        player.puuid({ ...THROW, signal: third.signal }),
        player.puuid(THROW),
      ]
      const settled = Promise.allSettled(answers)
      await delay(5)
      third.abort(new Error('third'))
      await delay(1)
      first.abort(new Error('first'))
      expect(
        (await settled).map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason))),
      ).toEqual(['Error: first', puuid, 'Error: third', puuid])
      // The first look-up, and one for all who were left.
      expect(asked()).toBeLessThanOrEqual(2)
      await expect(player.puuid({ ...THROW, signal: AbortSignal.abort(new Error('before')) })).resolves.toBe(puuid)
    })
  })

  test('who has a deadline and who has none do not depend on each other', async () => {
    await withPlayer(async ({ player, puuid, asked, now }) => {
      const answers = [player.puuid(THROW), player.puuid({ ...THROW, deadline: now() + 10_000 })]
      expect(await Promise.all(answers)).toEqual([puuid, puuid])
      expect(asked()).toBe(2)
    })
    await withPlayer(async ({ player, puuid, now }) => {
      const early = player.puuid({ ...THROW, deadline: now() + 1 })
      const late = player.puuid(THROW)
      await expect(early).rejects.toBeInstanceOf(DeadlineError)
      expect(await late).toBe(puuid)
    })
  })

  test('that does not exist: each is answered as they asked, and it is not remembered', async () => {
    await withPlayer(async ({ nobody, asked }) => {
      const [thrown, none] = await Promise.allSettled([nobody.puuid(THROW), nobody.puuid({ notFound: 'null' })])
      expect((thrown as PromiseRejectedResult).reason).toBeInstanceOf(NotFoundError)
      expect(none).toEqual({ status: 'fulfilled', value: null })
      expect(asked()).toBe(1)
      expect(await nobody.ask({ notFound: 'null' }, async () => 'asked')).toBeNull()
      expect(asked()).toBe(2)
    })
  })
})

test('only what says who a player is', () => {
  const named = { gameName: 'Faker', tagLine: 'KR1', platform: 'kr' } as const
  expect(playerIdOf(named)).toEqual({ gameName: 'Faker', tagLine: 'KR1' })
  expect(playerIdOf({ puuid: 'p' })).toEqual({ puuid: 'p' })
})
