import { inspect } from 'node:util'
import { frozen } from '@sluice/core'
import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { describe, expect, test } from 'vitest'
import { changeable } from '../../../test/changeable.ts'
import { simClient, type SimClient } from '../../../test/sim-client.ts'
import type { RiotClientOptions } from '../../client/riot-client-options.ts'
import { NotFoundError } from '../../errors.ts'
import { lolModels, type LolModels } from './lol-models.ts'

interface World extends Pick<SimClient<'throw'>, 'riot' | 'simulator'> {
  lol: LolModels
  /** How many requests have arrived. */
  asked(): number
  routes(): string[]
  puuid(number: number): string
}

async function withLol(body: (world: World) => Promise<void>, options: Partial<RiotClientOptions> = {}): Promise<void> {
  const { riot, simulator, run } = simClient({ platform: 'euw1', ...options }, { logSize: 1000 })
  await run(async () =>
    body({
      riot,
      simulator,
      lol: lolModels(riot),
      asked: () => simulator.stats().arrivals,
      routes: () => simulator.arrivals().map(({ route }) => route),
      puuid: (number) => simulator.puuid('euw1', number, PRODUCTION_KEY),
    }),
  )
}

describe('leagues', () => {
  test('a ladder: lazy, immutable, with bridges that ask for nothing', async () => {
    await withLol(async ({ lol, riot, asked, routes }) => {
      const model = lol.challengerLeague({ queue: 'RANKED_SOLO_5x5', platform: 'kr' })
      expect(asked()).toBe(0)
      const league = await model.get()
      expect([asked(), league.tier, league.entries.length > 100]).toEqual([1, 'CHALLENGER', true])
      expect(changeable(league)).toEqual([])
      expect(league).toEqual(await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { platform: 'kr' }))

      const before = asked()
      const [entry] = league.entries
      const { summoner, account, matchHistory, leagueEntries, championMasteries } = entry!
      expect(asked()).toBe(before)
      expect((await summoner.get()).puuid).toBe(entry!.puuid)
      expect((await account.get()).puuid).toBe(entry!.puuid)
      expect((await matchHistory.get({ count: 3 })).ids).toHaveLength(3)
      expect((await leagueEntries.get()).some(({ leaguePoints }) => leaguePoints === entry!.leaguePoints)).toBe(true)
      expect((await championMasteries.get({ count: 2 })).length).toBe(2)
      // The client's platform is euw1, but the league's is kr.
      expect(routes().slice(2)).toEqual(['kr', 'asia', 'asia', 'kr', 'kr'])
    })
  })

  test('the three ladders, a league by its id, and a division page by page', async () => {
    await withLol(async ({ lol }) => {
      const queue = 'RANKED_SOLO_5x5'
      const [grandmaster, master] = [
        await lol.grandmasterLeague({ queue }).get(),
        await lol.masterLeague({ queue }).get(),
      ]
      expect([grandmaster.tier, master.tier]).toEqual(['GRANDMASTER', 'MASTER'])
      expect((await lol.league({ id: master.leagueId! }).get()).tier).toBe('MASTER')
      const division = lol.divisionLeague({ queue, tier: 'GOLD', division: 'II' })
      const [first, second] = [await division.get(), await division.get({ page: 2 })]
      expect(first[0]).toMatchObject({ tier: 'GOLD', rank: 'II' })
      expect(second[0]?.puuid).not.toBe(first[0]?.puuid)
      expect(changeable(first)).toEqual([])
      expect(await first[0]!.masteryScore.get()).toBeGreaterThanOrEqual(0)
    })
  })
})

describe('players', () => {
  test('by puuid or Riot id; the id is looked up once, when it is needed', async () => {
    await withLol(async ({ lol, asked, puuid }) => {
      const { gameName, tagLine } = await lol.account({ puuid: puuid(3) }).get()
      expect(asked()).toBe(1)
      const summoner = lol.summoner({ gameName: gameName!, tagLine: tagLine! })
      expect(asked()).toBe(1)
      expect((await summoner.get()).puuid).toBe(puuid(3))
      expect(asked()).toBe(3)
      await summoner.matchHistory.get()
      await summoner.account.matchHistory.get()
      expect(asked()).toBe(5)
      expect((await lol.account({ gameName: gameName!, tagLine: tagLine! }).summoner.get()).puuid).toBe(puuid(3))
    })
  })

  test('get asks each time, and an older value stays as it is', async () => {
    await withLol(async ({ lol, asked, puuid }) => {
      const model = lol.summoner({ puuid: puuid(0) })
      const [one, two] = [await model.get(), await model.get()]
      expect(asked()).toBe(2)
      expect(one).toEqual(two)
      expect(one).not.toBe(two)
      expect(Object.keys(model)).toEqual(['puuid'])
      expect(changeable(one)).toEqual([])
      expect(() => ((one as { summonerLevel: number }).summonerLevel = 5)).toThrow(TypeError)
    })
  })

  test('masteries, score, entries, current game, Clash, challenges', async () => {
    await withLol(async ({ lol, riot, puuid, simulator }) => {
      const player = { puuid: puuid(0) }
      const masteries = await lol.championMasteries(player).get()
      expect(masteries).toEqual(await riot.championMasteryV4.getAllChampionMasteriesByPuuid(player.puuid))
      const { championId } = masteries[0]!
      expect(await lol.championMastery({ ...player, championId }).get()).toEqual(masteries[0])
      expect(await masteries[0]!.championMastery(championId).get()).toEqual(masteries[0])
      expect(await lol.masteryScore(player).get()).toBe(
        await riot.championMasteryV4.getChampionMasteryScoreByPuuid(player.puuid),
      )
      expect((await lol.leagueEntries(player).get())[0]?.puuid).toBe(player.puuid)
      expect(await lol.playerChallenges(player).get()).toEqual(await riot.lolChallengesV1.getPlayerData(player.puuid))
      expect(await lol.clashPlayers(player).get()).toEqual(await riot.clashV1.getPlayersByPuuid(player.puuid))
      expect(simulator.stats().statuses).not.toHaveProperty('429')
    })
  })

  test('a game that goes on leads to its participants; there may be none', async () => {
    await withLol(async ({ lol, puuid }) => {
      let [games, none] = [0, 0]
      for (let number = 0; number < 40; number++) {
        const game = await lol.currentGame({ puuid: puuid(number) }).get({ notFound: 'null' })
        if (game === null) {
          none++
          await expect(lol.currentGame({ puuid: puuid(number) }).get()).rejects.toBeInstanceOf(NotFoundError)
          continue
        }
        games++
        const hidden = game.participants.find((participant) => participant.puuid === undefined)
        const shown = game.participants.find((participant) => participant.puuid === puuid(number))
        expect(changeable(game)).toEqual([])
        expect((await shown!.summoner.get()).puuid).toBe(puuid(number))
        if (hidden !== undefined) {
          const { summoner } = hidden
          await expect(summoner.get()).rejects.toThrow('this participant has no puuid')
        }
      }
      expect(games * none).toBeGreaterThan(0)
    })
  })

  test('somebody who does not exist', async () => {
    await withLol(async ({ lol }) => {
      const nobody = { gameName: 'Nobody', tagLine: 'NIX' }
      await expect(lol.summoner(nobody).get()).rejects.toBeInstanceOf(NotFoundError)
      expect(await lol.summoner(nobody).get({ notFound: 'null' })).toBeNull()
      expect(await lol.matchHistory(nobody).get({ notFound: 'null' })).toBeNull()
      expect(await lol.match({ id: 'EUW1_1' }).get({ notFound: 'null' })).toBeNull()
      await expect(lol.match({ id: 'nonsense' }).get()).rejects.toThrow('is no match id')
    })
  })

  test('models throw unless told otherwise, whatever the client does at a 404', async () => {
    const { riot, run } = simClient({ platform: 'euw1', notFound: 'null' })
    await run(async () => {
      const model = lolModels(riot).match({ id: 'EUW1_1' })
      await expect(model.get()).rejects.toBeInstanceOf(NotFoundError)
      await expect(model.get({ notFound: undefined })).rejects.toBeInstanceOf(NotFoundError)
    })
  })
})

describe('matches', () => {
  test('of a history: values lead on to participants, timeline, and players', async () => {
    await withLol(async ({ lol, riot, asked, puuid }) => {
      const history = await lol.matchHistory({ puuid: puuid(0), type: 'ranked' }).get({ count: 4 })
      expect(history.ids).toEqual(await riot.matchV5.getMatchIdsByPuuid(puuid(0), { type: 'ranked', count: 4 }))
      const before = asked()
      expect(history.matches.map(({ id }) => id)).toEqual(history.ids)
      expect([...history].map(({ id }) => id)).toEqual(history.ids)
      expect(history.timelines[1]!.match.id).toBe(history.ids[1])
      expect(asked()).toBe(before)

      const match = await history.matches[0]!.get()
      expect(match).toEqual(await riot.matchV5.getMatch(history.ids[0]!))
      expect(changeable(match)).toEqual([])
      expect(match.participants).toBe(match.info.participants)
      expect([match.platform, match.region]).toEqual(['euw1', 'europe'])
      const timeline = await match.timeline.get()
      expect(timeline).toEqual(await riot.matchV5.getTimeline(history.ids[0]!))
      expect(changeable(timeline)).toEqual([])
      expect((await timeline.match.get()).metadata.matchId).toBe(history.ids[0])
      const [participant] = match.participants
      expect((await participant!.account.get()).puuid).toBe(participant!.puuid)
      expect(Object.keys(participant!)).not.toContain('account')
      expect(JSON.parse(JSON.stringify(match))).toEqual(match)
    })
  })

  test('each participant leads to themselves, wherever one came from', async () => {
    await withLol(async ({ lol, puuid }) => {
      const { gameName, tagLine } = await lol.account({ puuid: puuid(2) }).get()
      const summoner = lol.summoner({ gameName: gameName!, tagLine: tagLine! })
      const { matches } = await summoner.account.summoner.matchHistory.get({ count: 1 })
      const { participants } = await matches[0]!.get()
      expect(participants.length).toBeGreaterThan(1)
      for (const { puuid: own, account } of participants) expect((await account.get()).puuid).toBe(own)
      for (const mastery of await summoner.championMasteries.get({ count: 2 }))
        expect((await mastery.summoner.get()).puuid).toBe(puuid(2))
      for (let number = 0; ; number++) {
        const game = await lol.summoner({ puuid: puuid(number) }).currentGame.get({ notFound: 'null' })
        if (game === null) continue
        for (const { puuid: own, account } of game.participants)
          if (own !== undefined) expect((await account.get()).puuid).toBe(own)
        break
      }
    })
  })

  test('of another region go where their ids say, and so do their players', async () => {
    await withLol(async ({ lol, simulator, routes }) => {
      const puuid = simulator.puuid('kr', 5, PRODUCTION_KEY)
      const { matches } = await lol.matchHistory({ puuid, platform: 'kr' }).get({ count: 1 })
      const match = await matches[0]!.get()
      await match.participants[0]!.summoner.get()
      await lol.matchHistory({ puuid, region: 'asia' }).get()
      const byId = await lol.match({ id: match.metadata.matchId }).get()
      await byId.participants[0]!.matchHistory.get()
      await byId.participants[0]!.leagueEntries.get()
      expect(routes()).toEqual(['asia', 'asia', 'kr', 'asia', 'asia', 'asia', 'kr'])
    })
  })

  test('going through a history asks for page after page, lazily', async () => {
    await withLol(async ({ lol, asked, puuid, riot }) => {
      const all: string[] = []
      for await (const { id } of lol.matchHistory({ puuid: puuid(0) })) all.push(id)
      expect(new Set(all).size).toBe(all.length)
      expect(all.length).toBeGreaterThan(100)
      expect(all.slice(0, 100)).toEqual(await riot.matchV5.getMatchIdsByPuuid(puuid(0), { count: 100 }))
      const before = asked()
      for await (const { id } of lol.summoner({ puuid: puuid(0) }).matchHistory) {
        expect(id).toBe(all[0])
        break
      }
      expect(asked()).toBe(before + 1)
      const some: string[] = []
      for await (const { id } of lol.matchHistory({ puuid: puuid(0), start: 2, count: 3 })) some.push(id)
      expect(some).toEqual(all.slice(2, 5))
    })
  })

  test('a timeline fed into its match makes a new match, as complete as the timeline', async () => {
    await withLol(async ({ lol, puuid }) => {
      const { matches } = await lol.matchHistory({ puuid: puuid(1) }).get({ count: 2 })
      const match = await matches[0]!.get()
      const timeline = await matches[0]!.timeline.get()
      const fed = match.feedTimeline(timeline)
      expect(match.participants[0]).not.toHaveProperty('events')
      expect(changeable(fed)).toEqual([])
      const owned = timeline.info.frames
        .flatMap(({ events }) => events)
        .filter((event) => (event.participantId ?? event.creatorId ?? event.killerId ?? 0) > 0)
      expect(fed.participants.flatMap(({ events }) => events)).toHaveLength(owned.length)
      for (const { kills, events, frames } of fed.participants) {
        expect(events.filter(({ type }) => type === 'CHAMPION_KILL')).toHaveLength(kills)
        expect(frames).toHaveLength(timeline.info.frames.length)
      }
      const full = match.feedTimeline(timeline, { includeAssisted: true, includeVictim: true })
      for (const { kills, deaths, assists, events } of full.participants) {
        const killing = events.filter(({ type }) => type === 'CHAMPION_KILL')
        expect(killing).toHaveLength(kills + deaths + assists)
      }
      expect((await full.participants[0]!.account.get()).puuid).toBe(full.participants[0]!.puuid)
      const other = await matches[1]!.timeline.get()
      expect(() => match.feedTimeline(other)).toThrow(/^the timeline is of EUW1_\d+, the match is EUW1_\d+$/)
    })
  })
})

test('rotation and status', async () => {
  await withLol(async ({ lol, riot, routes }) => {
    expect(await lol.championRotation().get()).toEqual(await riot.championV3.getChampionInfo())
    expect((await lol.status({ platform: 'kr' }).get()).id).toMatch(/kr/i)
    expect(routes()).toEqual(['euw1', 'euw1', 'kr'])
  })
})

test('frozen() of the core hands out models and their values as they are', async () => {
  await withLol(async ({ lol, puuid }) => {
    const league = await lol.masterLeague({ queue: 'RANKED_SOLO_5x5' }).get()
    const entries = frozen(league.entries)
    expect([...entries][0]).toBe(league.entries[0])
    expect(entries.at(0)!.summoner.get).toBeTypeOf('function')
    const { matches } = await lol.matchHistory({ puuid: puuid(0) }).get({ count: 2 })
    expect([...frozen(matches)]).toEqual([...matches])
    // Parts without bridges are plain data, and copied.
    const match = await matches[0]!.get()
    for (const team of frozen(match.info.teams)) expect(Object.isFrozen(team)).toBe(false)
  })
})

test('what console.log shows has no context and no bridges, and not the key', async () => {
  await withLol(async ({ lol, puuid }) => {
    const shown = inspect(await lol.summoner({ puuid: puuid(0), platform: 'euw1' }).get(), { depth: 9 })
    expect(shown).toMatch(/^LolSummoner \{/)
    expect(shown).not.toContain('riot')
    expect(inspect(lol.summoner({ puuid: 'x', platform: 'euw1' }))).toBe(
      "LolSummonerModel { puuid: 'x', platform: 'euw1' }",
    )
    expect(inspect(lol.summoner({ puuid: 'x' }), { depth: 9, showHidden: true })).not.toContain(PRODUCTION_KEY)
  })
})

test('a signal ends the asking', async () => {
  await withLol(async ({ lol, puuid }) => {
    const controller = new AbortController()
    const pending = lol.summoner({ puuid: puuid(0) }).get({ signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
  })
})

test.each([
  [{}, 'a player is { puuid } or { gameName, tagLine }, not {  }'],
  [undefined, 'a player is'],
  [{ puuid: '' }, 'not { puuid: "" }'],
  [{ puuid: 5 }, 'not { puuid: 5 }'],
  [{ gameName: 'Faker' }, 'not { gameName: "Faker" }'],
  [{ puuid: 'p', gameName: 'Faker', tagLine: 'KR1' }, 'not { puuid: "p", gameName: "Faker", tagLine: "KR1" }'],
])('%j is no player', async (id, message) => {
  await withLol(async ({ lol }) => {
    for (const make of [lol.summoner, lol.account, lol.matchHistory, lol.currentGame])
      expect(() => make(id as never)).toThrow(message)
  })
})

test('wrong options of get are refused', async () => {
  await withLol(async ({ lol, puuid, asked }) => {
    const model = lol.summoner({ puuid: puuid(0) })
    await expect(model.get(5 as never)).rejects.toThrow('options of get must be an object, not 5')
    await expect(model.get({ sginal: 1 } as never)).rejects.toThrow('sginal is no option of summoner-v4.getByPuuid')
    expect(asked()).toBe(0)
  })
})
