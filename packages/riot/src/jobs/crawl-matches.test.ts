import { PRODUCTION_KEY, idealMs } from '@sluice/riot-sim'
import { describe, expect, test, vi } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { AuthError } from '../errors.ts'
import { crawlMatchIds, crawlMatches } from './crawl-matches.ts'
import { isAbortedMatch } from './is-aborted-match.ts'
import { MatchIdSet } from './match-id-set.ts'

/** As a production key, but smaller, so that the test is: a tenth of the requests in the same time. */
const LIMITS = '50:10,3000:600'

/** All that an iterable yields. */
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('the matches of a ladder', () => {
  test('each once, though three players list it, and as fast as the key allows', async () => {
    const { clock, simulator, run } = simClient(
      { platform: 'kr' },
      { latency: 'prod', keys: { [PRODUCTION_KEY]: { app: LIMITS } }, world: { poolSize: 300 } },
    )
    const outcomes = await run((riot) => all(crawlMatches(riot, { tiers: ['CHALLENGER'], perPlayer: 10 })))
    expect(outcomes.every(({ status }) => status === 'ok')).toBe(true)
    const ids = outcomes.map(({ input }) => input)
    expect(new Set(ids).size).toBe(ids.length)
    // 300 players with 10 matches each, of which ten players share each.
    expect(ids.length).toBeGreaterThan(300)
    expect(ids.length).toBeLessThan(600)
    expect(outcomes.map(({ index }) => index)).toEqual(ids.map((_, index) => index))
    const stats = simulator.stats()
    expect(stats.statuses).toEqual({ 200: 1 + 300 + ids.length })
    // Ladder, lists and matches overlap: nothing is waited for but the key.
    const floor = idealMs(300 + ids.length, LIMITS)
    expect(floor / clock.now()).toBeGreaterThan(0.97)
    expect(outcomes.filter((one) => one.status === 'ok' && isAbortedMatch(one.value)).length).toBeLessThan(30)
  })

  test('no more is found out than is taken', async () => {
    const { simulator, run } = simClient({ platform: 'kr' })
    await run(async (riot) => {
      for await (const _ of crawlMatches(riot, { concurrency: 5, limit: 500 })) break
      const ids = await all(crawlMatchIds(riot, { limit: 150 }))
      expect(new Set(ids).size).toBe(150)
    })
    // Twice a ladder and some lists, a few matches.
    expect(simulator.stats().arrivals).toBeLessThan(70)
  })

  test('limit, and what was seen before: the next crawl goes on where this one ended', async () => {
    const { run } = simClient({ platform: 'kr' }, { world: { poolSize: 300 } })
    await run(async (riot) => {
      const seen = new MatchIdSet()
      const first = await all(crawlMatches(riot, { tiers: ['CHALLENGER'], perPlayer: 5, limit: 40, seen }))
      expect(first).toHaveLength(40)
      expect(seen.size).toBe(40)
      const rest = await all(crawlMatches(riot, { tiers: ['CHALLENGER'], perPlayer: 5, seen }))
      const whole = await all(crawlMatchIds(riot, { tiers: ['CHALLENGER'], perPlayer: 5 }))
      expect(new Set([...first, ...rest].map(({ input }) => input))).toEqual(new Set(whole))
      expect(first.length + rest.length).toBe(whole.length)
      expect(await all(crawlMatches(riot, { limit: 0 }))).toEqual([])
    })
  })

  test('several platforms at once: none waits for another, and their limit is one', async () => {
    const { simulator, run } = simClient({}, { logSize: 2000 })
    await run(async (riot) => {
      const outcomes = await all(crawlMatches(riot, { platform: ['kr', 'euw1', 'na1'], limit: 300 }))
      expect(outcomes).toHaveLength(300)
      const platforms = new Map<string, number>()
      for (const { input } of outcomes) {
        const name = input.slice(0, input.indexOf('_'))
        platforms.set(name, (platforms.get(name) ?? 0) + 1)
      }
      expect([...platforms.keys()].sort()).toEqual(['EUW1', 'KR', 'NA1'])
      for (const count of platforms.values()) expect(count).toBeGreaterThan(50)
    })
    expect(new Set(simulator.arrivals().map(({ route }) => route))).toEqual(
      new Set(['kr', 'asia', 'euw1', 'europe', 'na1', 'americas']),
    )
  })

  test('players of one’s own, and which of their matches', async () => {
    const { simulator, run } = simClient({ region: 'europe' })
    const players = [1, 2, 3].map((number) => simulator.puuid('euw1', number, PRODUCTION_KEY))
    await run(async (riot) => {
      const outcomes = await all(crawlMatches(riot, { players, perPlayer: 10, queue: 420 }))
      for (const one of outcomes) {
        expect(one.status === 'ok' && one.value.info.queueId).toBe(420)
        expect(one.status === 'ok' && one.value.metadata.participants.some((puuid) => players.includes(puuid))).toBe(
          true,
        )
      }
      expect(outcomes.length).toBeGreaterThan(15)
    })
  })
})

describe('what goes wrong', () => {
  test('a list that cannot be had costs that list, and is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { simulator, run } = simClient({ region: 'asia' })
    const players = [simulator.puuid('kr', 1, PRODUCTION_KEY), 'nobody', simulator.puuid('kr', 2, PRODUCTION_KEY)]
    await run(async (riot) => {
      const failures: string[] = []
      const options = { players, perPlayer: 5, onPlayerFailure: (puuid: string) => void failures.push(puuid) }
      expect((await all(crawlMatchIds(riot, options))).length).toBeGreaterThan(5)
      expect(failures).toEqual(['nobody'])
      expect(warn).not.toHaveBeenCalled()
      await all(crawlMatchIds(riot, { players, perPlayer: 5 }))
      expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
        'sluice: the matches of nobody could not be listed; the crawl goes on without them',
      ])
    })
    warn.mockRestore()
  })

  test('a match that cannot be had is an outcome; a key that is refused ends the crawl before it harms', async () => {
    const { simulator, run } = simClient(
      { platform: 'kr', retry: 0 },
      { keys: { [PRODUCTION_KEY]: { kind: 'production', expiresAt: 15_000 } }, latency: 'prod' },
    )
    simulator.fault({ match: { operation: 'match-v5.getMatch', nth: 5 }, do: { kind: 'status', status: 500 } })
    const seen = new MatchIdSet()
    const statuses: string[] = []
    await run(async (riot) => {
      const crawl = async (): Promise<void> => {
        for await (const { status } of crawlMatches(riot, { seen })) statuses.push(status)
      }
      await expect(crawl()).rejects.toBeInstanceOf(AuthError)
    })
    expect(statuses.filter((status) => status === 'failed')).toEqual(['failed'])
    expect(statuses.length).toBeGreaterThan(500)
    expect(simulator.stats().statuses['403']).toBeLessThanOrEqual(120)
  })

  test('a ladder that cannot be had ends the crawl with its error', async () => {
    const { simulator, run } = simClient({ platform: 'kr', retry: 0 })
    simulator.fault({ do: { kind: 'status', status: 503 } })
    await run(async (riot) => {
      await expect(all(crawlMatches(riot))).rejects.toMatchObject({ operation: 'league-v4.getChallengerLeague' })
    })
  })

  test('an abort ends everything with its reason', async () => {
    const { clock, run } = simClient({}, { latency: 'prod' })
    const controller = new AbortController()
    const reason = new Error('enough')
    clock.setTimer(() => controller.abort(reason), 5000)
    await run(async (riot) => {
      await expect(all(crawlMatches(riot, { platform: ['kr', 'na1'], signal: controller.signal }))).rejects.toBe(reason)
    })
    expect(clock.now()).toBeLessThan(5100)
    expect(clock.pending).toBe(0)
  })

  test('wrong options are refused at once', async () => {
    const { run } = simClient({ platform: 'kr' })
    await run(async (riot) => {
      expect(() => crawlMatches(riot, { perPlayer: 0 })).toThrow('perPlayer must be')
      expect(() => crawlMatches(riot, { limit: -1 })).toThrow('limit must be')
      expect(() => crawlMatches(riot, { platform: [] })).toThrow('platform must be')
      expect(() => crawlMatchIds(riot, { platform: ['kr', 'na1'], players: [] })).toThrow('do not go together')
    })
  })
})
