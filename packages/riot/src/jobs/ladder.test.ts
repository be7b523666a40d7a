import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { ladder } from './ladder.ts'
import { leaguePages } from './league-pages.ts'
import { matchIds } from './match-ids.ts'

const small = { world: { pools: 20 } }

for (const ladderEnd of ['empty', 'no-content', 'repeat'] as const) {
  test(`pages that end with ${ladderEnd}: each player once, and no more than a few pages too many`, async () => {
    const { simulator, run } = simClient({ platform: 'sg2' }, { world: { ...small.world, ladderEnd } })
    await run(async (riot) => {
      const seen = new Set<string>()
      let count = 0
      let pages = 0
      for await (const page of leaguePages(riot, { tier: 'DIAMOND', division: 'I' })) {
        pages++
        for (const { puuid } of page) {
          seen.add(puuid)
          count++
        }
      }
      expect(count).toBe(seen.size)
      expect(pages).toBeGreaterThan(0)
      expect(simulator.stats().arrivals).toBeLessThanOrEqual(pages + 3)
      const [first, second] = await Promise.all(
        [1, 2].map((page) => riot.leagueV4.getLeagueEntries('RANKED_SOLO_5x5', 'DIAMOND', 'I', { page })),
      )
      if (pages > 1) expect(second!.filter(({ puuid }) => first!.some((one) => one.puuid === puuid))).toHaveLength(5)
      for (const { puuid } of [...first!, ...second!]) expect(seen).toContain(puuid)
    })
  })
}

test('a ladder: apex tiers by one call each, divisions below by their pages, best first', async () => {
  const { simulator, run } = simClient({ platform: 'kr' }, small)
  await run(async (riot) => {
    const places: string[] = []
    const seen = new Set<string>()
    for await (const { tier, rank, puuid } of ladder(riot, { tiers: ['MASTER', 'DIAMOND'], platform: 'sg2' })) {
      if (places.at(-1) !== `${tier} ${rank}`) places.push(`${tier} ${rank}`)
      seen.add(puuid)
    }
    expect(places).toEqual(['MASTER I', 'DIAMOND I', 'DIAMOND II', 'DIAMOND III', 'DIAMOND IV'])
    expect(seen.size).toBeGreaterThan(350)
    const [best] = (await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')).entries
    for await (const entry of ladder(riot)) {
      expect(entry).toMatchObject({ puuid: best!.puuid, tier: 'CHALLENGER' })
      break
    }
    expect(() => ladder(riot, { tiers: ['WOOD' as never] })).toThrow('tiers must be some of CHALLENGER')
  })
  expect(simulator.stats().statuses['200']).toBeGreaterThan(5)
})

test('all matches of a player, page by page, none twice though one is played meanwhile', async () => {
  const { clock, simulator, run } = simClient(
    { platform: 'kr' },
    { world: { live: true, roundLength: 3_600_000, rounds: 500 } },
  )
  const puuid = simulator.puuid('kr', 3, PRODUCTION_KEY)
  await run(async (riot) => {
    const ids: string[] = []
    for await (const id of matchIds(riot, puuid, { count: 350 })) {
      ids.push(id)
      // A page later two hours have passed, and with them one or two games.
      if (ids.length % 100 === 1) await new Promise<void>((resolve) => void clock.setTimer(resolve, 7_200_000))
    }
    expect(ids).toHaveLength(350)
    expect(new Set(ids).size).toBe(350)
    let all = 0
    for await (const _ of matchIds(riot, puuid)) all++
    expect(all).toBeGreaterThan(400)
    for await (const _ of matchIds(riot, puuid, { count: 0 })) expect.unreachable()
    expect(() => matchIds(riot, puuid, { count: 1.5 })).toThrow('count must be')
  })
})
