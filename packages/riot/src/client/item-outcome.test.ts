import { AbortError } from '@sluice/core'
import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { describe, expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { NotFoundError, ServiceUnavailableError } from '../errors.ts'
import { platformToRegion } from '../routing.ts'

const SPREAD = { uplink: [1, 200], service: [1, 300], downlink: [1, 200] } as const

describe('many', () => {
  test('an outcome for each input, as it comes, whatever fails', async () => {
    const { simulator, run } = simClient({ platform: 'kr', retry: 0 }, { latency: SPREAD })
    const puuid = simulator.puuid('kr', 0, PRODUCTION_KEY)
    await run(async (riot) => {
      const ids = await riot.matchV5.getMatchIdsByPuuid(puuid, { count: 30 })
      ids[3] = 'KR_1'
      ids[7] = 'no id at all'
      simulator.fault({ match: { nth: 9 }, do: { kind: 'status', status: 503 } })
      const outcomes = []
      for await (const outcome of riot.matchV5.getMatch.many(ids)) outcomes.push(outcome)
      const order = outcomes.map(({ index }) => index)
      expect(order).not.toEqual(order.toSorted((a, b) => a - b))
      expect(new Set(order).size).toBe(30)
      for (const { index, input } of outcomes) expect(input).toBe(ids[index])
      const missing = outcomes.find(({ index }) => index === 3)!
      expect(missing.status === 'notFound' && missing.error instanceof NotFoundError).toBe(true)
      const wrong = outcomes.find(({ index }) => index === 7)!
      expect(wrong.status === 'failed' && String(wrong.error)).toContain('"no id at all" is no match id')
      const failed = outcomes.filter(({ status, index }) => status === 'failed' && index !== 7)
      expect(failed.map((one) => one.status === 'failed' && one.error instanceof ServiceUnavailableError)).toEqual([
        true,
      ])
      for (const one of outcomes) if (one.status === 'ok') expect(one.value.metadata.matchId).toBe(one.input)
      expect(outcomes.filter(({ status }) => status === 'ok')).toHaveLength(27)
    })
  })

  test('in the order of the input, if wanted; collect has it by default', async () => {
    const { simulator, run } = simClient({ platform: 'kr' }, { latency: SPREAD })
    const puuids = Array.from({ length: 40 }, (_, number) => simulator.puuid('kr', number, PRODUCTION_KEY))
    await run(async (riot) => {
      const order: string[] = []
      for await (const { input } of riot.summonerV4.getByPuuid.many(puuids, { order: 'input' })) order.push(input)
      expect(order).toEqual(puuids)
      const all = await riot.summonerV4.getByPuuid.collect(puuids, { concurrency: 7 })
      expect(all.map((one) => one.status === 'ok' && one.value.puuid)).toEqual(puuids)
      const some = await riot.summonerV4.getByPuuid.collect(puuids, { order: 'completed' })
      expect(some.map(({ input }) => input)).not.toEqual(puuids)
    })
  })

  test('no more is read of an endless input, and no more is under way, than one allows', async () => {
    const { simulator, run } = simClient({ platform: 'kr' }, { latency: SPREAD })
    let read = 0
    async function* everybody(): AsyncGenerator<string> {
      for (;;) yield simulator.puuid('kr', read++, PRODUCTION_KEY)
    }
    await run(async (riot) => {
      let seen = 0
      for await (const _ of riot.summonerV4.getByPuuid.many(everybody(), { concurrency: 5, buffer: 3 })) {
        expect(read - seen).toBeLessThanOrEqual(5 + 3 + 1)
        if (++seen === 50) break
      }
    })
    expect(simulator.stats().maxInFlight).toBe(5)
  })

  test('leaving the loop aborts what is under way, and the client goes on', async () => {
    const { simulator, run } = simClient({ platform: 'kr' }, { latency: SPREAD })
    const puuids = Array.from({ length: 200 }, (_, number) => simulator.puuid('kr', number, PRODUCTION_KEY))
    await run(async (riot) => {
      for await (const _ of riot.summonerV4.getByPuuid.many(puuids)) break
      expect(simulator.stats().arrivals).toBeLessThan(120)
      expect(await riot.lolStatusV4.getPlatformData()).toMatchObject({ id: 'KR' })
    })
  })

  test('an abort from outside ends it with its reason', async () => {
    const { clock, simulator, run } = simClient({ platform: 'kr' }, { latency: SPREAD })
    const puuids = Array.from({ length: 200 }, (_, number) => simulator.puuid('kr', number, PRODUCTION_KEY))
    const controller = new AbortController()
    const reason = new AbortError('enough')
    clock.setTimer(() => controller.abort(reason), 300)
    let seen = 0
    await run(async (riot) => {
      const all = async (): Promise<void> => {
        for await (const { status } of riot.summonerV4.getByPuuid.many(puuids, { signal: controller.signal }))
          if (status === 'ok') seen++
      }
      await expect(all()).rejects.toBe(reason)
    })
    expect(seen).toBeLessThan(200)
  })

  test('several values for each, a route for all, and what no single method can say with map', async () => {
    const { simulator, run } = simClient({}, { logSize: 10 })
    await run(async (riot) => {
      const people = riot.map(['kr', 'na1'] as const, (platform) =>
        riot.accountV1.getByPuuid(simulator.puuid(platform, 5, PRODUCTION_KEY)),
      )
      const names: [string, string][] = []
      for await (const one of people) if (one.status === 'ok') names.push([one.value.gameName!, one.value.tagLine!])
      const found = await riot.accountV1.getByRiotId.collect(names, { region: 'europe' })
      expect(found.map(({ status }) => status)).toEqual(['ok', 'ok'])
      expect(simulator.arrivals().map(({ route }) => route)).toEqual(['americas', 'americas', 'europe', 'europe'])
    })
  })

  test('match ids of several regions, one region after another: none waits for another one', async () => {
    const { clock, simulator, run } = simClient({}, { latency: 'prod', keys: { [PRODUCTION_KEY]: { app: '30:10' } } })
    await run(async (riot) => {
      const lists = (['kr', 'na1', 'euw1'] as const).map((platform) =>
        riot.matchV5.getMatchIdsByPuuid(simulator.puuid(platform, 0, PRODUCTION_KEY), {
          region: platformToRegion(platform),
          count: 100,
        }),
      )
      const ids = [...(await Promise.all(lists)).flat(), 'no id']
      const start = clock.now()
      const outcomes = []
      for await (const outcome of riot.matchV5.getMatch.many(ids, { concurrency: 10 })) outcomes.push(outcome)
      // 100 with 30 in ten seconds, from each at the same time; one after another it would be 90 s.
      expect(clock.now() - start).toBeLessThan(41_000)
      expect(outcomes.map(({ index }) => index).sort((a, b) => a - b)).toEqual(ids.map((_, index) => index))
      for (const { index, input, status } of outcomes) {
        expect(input).toBe(ids[index])
        expect(status).toBe(input === 'no id' ? 'failed' : 'ok')
      }
      for await (const _ of riot.matchV5.getMatch.many(new Set(ids))) break
    })
    // What was on its way when the loop was left arrives all the same.
    await clock.advance(1000)
    expect(clock.pending).toBe(0)
    expect(simulator.stats().statuses['429']).toBeUndefined()
  })

  test('wrong options are refused at once, and once', async () => {
    const { simulator, run } = simClient({ platform: 'kr' })
    await run(async (riot) => {
      const { many } = riot.matchV5.getMatchIdsByPuuid as { many: (...args: unknown[]) => unknown }
      expect(() => many(['p'], { cuont: 5 })).toThrow('cuont is no option of match-v5.getMatchIdsByPuuid')
      expect(() => many(['p'], { count: 'x' })).toThrow('count of match-v5.getMatchIdsByPuuid must be')
      expect(() => many(['p'], { order: 'random' })).toThrow("order must be 'completed' or 'input'")
      expect(() => many(['p'], { region: 'kr' })).toThrow('use asia')
      expect(() => riot.valMatchV1.getMatch.many(['x'], { shard: 'xx' } as never)).toThrow('must be one of ap, br')
      expect(() => riot.map([1], 5 as never)).toThrow('fn must be a function')
    })
    expect(simulator.stats().arrivals).toBe(0)
    await simClient().run(async (riot) => {
      expect(() => riot.summonerV4.getByPuuid.many(['x'])).toThrow('summoner-v4.getByPuuid needs the option platform')
    })
  })
})
