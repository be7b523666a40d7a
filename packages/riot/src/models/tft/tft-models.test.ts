import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { changeable } from '../../../test/changeable.ts'
import { simClient } from '../../../test/sim-client.ts'
import { NotFoundError } from '../../errors.ts'
import { tftModels } from './tft-models.ts'

function sim() {
  const { riot, simulator, run } = simClient({ platform: 'euw1' }, { logSize: 1000 })
  return {
    riot,
    run,
    tft: tftModels(riot),
    puuid: (number: number) => simulator.puuid('euw1', number, PRODUCTION_KEY),
    korean: simulator.puuid('kr', 0, PRODUCTION_KEY),
    asked: () => simulator.stats().arrivals,
    routes: () => simulator.arrivals().map(({ route }) => route),
  }
}

test('ladders and divisions lead to their players', async () => {
  const { run, riot, tft, asked, routes } = sim()
  await run(async () => {
    const league = await tft.challengerLeague({ platform: 'kr' }).get()
    expect(league).toEqual(await riot.tftLeagueV1.getChallengerLeague({ platform: 'kr' }))
    expect(changeable(league)).toEqual([])
    const [first] = league.entries
    const { summoner, account, matchHistory, leagueEntries } = first!
    expect(asked()).toBe(2)
    expect((await summoner.get()).puuid).toBe(first!.puuid)
    expect((await account.get()).puuid).toBe(first!.puuid)
    expect((await leagueEntries.get())[0]?.puuid).toBe(first!.puuid)
    expect((await matchHistory.get({ count: 2 })).ids).toHaveLength(2)
    expect(routes().slice(2)).toEqual(['kr', 'asia', 'kr', 'asia'])

    expect((await tft.grandmasterLeague().get()).tier).toBe('GRANDMASTER')
    const master = await tft.masterLeague({ queue: 'RANKED_TFT' }).get()
    expect((await tft.league({ id: master.leagueId! }).get()).tier).toBe('MASTER')
    const gold = await tft.divisionLeague({ tier: 'GOLD', division: 'I' }).get({ page: 2 })
    expect(gold[0]).toMatchObject({ tier: 'GOLD', rank: 'I' })
    const ladder = await tft.topRatedLadder().get()
    expect((await ladder[0]!.account.get()).puuid).toBe(ladder[0]!.puuid)
    expect([gold, ladder].flatMap((value) => changeable(value))).toEqual([])
  })
})

test('matches, histories, and all their ways', async () => {
  const { run, riot, tft, puuid, korean, routes } = sim()
  await run(async () => {
    const history = await tft.matchHistory({ puuid: puuid(0), platform: 'euw1' }).get({ count: 3 })
    expect(history.ids).toEqual(await riot.tftMatchV1.getMatchIdsByPuuid(puuid(0), { count: 3 }))
    expect([...history].map(({ id }) => id)).toEqual(history.ids)
    const match = await history.matches[0]!.get()
    expect(match).toEqual(await riot.tftMatchV1.getMatch(history.ids[0]!))
    expect(changeable(match)).toEqual([])
    expect([match.platform, match.region, match.participants.length]).toEqual(['euw1', 'europe', 8])
    const [participant] = match.participants
    expect((await participant!.summoner.get()).puuid).toBe(participant!.puuid)
    expect(new Set(routes())).toEqual(new Set(['europe', 'euw1']))

    const { matches } = await tft.matchHistory({ puuid: korean, region: 'asia' }).get({ count: 1 })
    const elsewhere = await tft.match({ id: matches[0]!.id }).get()
    await elsewhere.participants[0]!.leagueEntries.get()
    expect(routes().slice(-3)).toEqual(['asia', 'asia', 'kr'])

    const all: string[] = []
    for await (const { id } of tft.matchHistory({ puuid: puuid(0), count: 150 })) all.push(id)
    expect(all).toEqual((await riot.tftMatchV1.getMatchIdsByPuuid(puuid(0), { count: 200 })).slice(0, 150))
    expect(await tft.match({ id: 'EUW1_1' }).get({ notFound: 'null' })).toBeNull()
  })
})

test('accounts by Riot id, entries, current games, status', async () => {
  const { run, tft, puuid } = sim()
  await run(async () => {
    const { gameName, tagLine } = await tft.account({ puuid: puuid(1) }).get()
    const riotId = { gameName: gameName!, tagLine: tagLine! }
    expect((await tft.summoner(riotId).get()).puuid).toBe(puuid(1))
    expect(await tft.leagueEntries(riotId).get()).toEqual(await tft.leagueEntries({ puuid: puuid(1) }).get())
    let [games, none] = [0, 0]
    for (let number = 0; number < 40 && games * none === 0; number++) {
      const game = await tft.currentGame({ puuid: puuid(number) }).get({ notFound: 'null' })
      if (game === null) none++
      else {
        games++
        expect(changeable(game)).toEqual([])
        const self = game.participants.find((participant) => participant.puuid === puuid(number))
        expect((await self!.account.get()).puuid).toBe(puuid(number))
      }
    }
    expect(games * none).toBeGreaterThan(0)
    expect((await tft.status().get()).id).toMatch(/euw/i)
    await expect(tft.summoner({ gameName: 'Nobody', tagLine: 'NIX' }).get()).rejects.toBeInstanceOf(NotFoundError)
    expect(() => tft.summoner({} as never)).toThrow('a player is { puuid } or { gameName, tagLine }')
  })
})
