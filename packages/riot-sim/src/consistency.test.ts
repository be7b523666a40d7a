import { VirtualClock } from '@sluice/core/testing'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import { PLATFORM_FACTS, PLATFORM_NAMES } from './data/routes.ts'
import { RiotSimulator } from './simulator.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { createTransport } from './transport.ts'

const KEYS = {
  one: { kind: 'production', app: '1000000:1', methods: { '*': '1000000:1' } },
  two: { app: '1000000:1' },
} as const

interface Asked {
  readonly simulator: RiotSimulator
  get<T>(route: string, path: string, key?: string): Promise<T>
}

/** Asks a small world of this seed, on a clock of its own. */
async function world(
  seed: number,
  body: (asked: Asked) => Promise<void>,
  options: SimulatorOptions = {},
): Promise<void> {
  const clock = new VirtualClock()
  const simulator = new RiotSimulator({
    seed,
    clock,
    keys: KEYS,
    world: { poolSize: 100, pools: 40, rounds: 45, templates: 1 },
    ...options,
  })
  const send = createTransport(simulator)
  await clock.run(() =>
    body({
      simulator,
      async get<T>(route: string, path: string, key = 'one') {
        const response = await send({ url: `/${route}${path}`, headers: { 'x-riot-token': key } })
        expect(response.status, `${route}${path}: ${response.text().slice(0, 200)}`).toBe(200)
        return response.json() as T
      },
    }),
  )
}

interface Match {
  metadata: { matchId: string; participants: string[] }
  info: {
    gameId: number
    gameCreation: number
    gameStartTimestamp: number
    gameEndTimestamp: number
    gameDuration: number
    platformId: string
    queueId: number
    participants: Participant[]
    teams: { teamId: number; win: boolean; objectives: Record<string, { kills: number }> }[]
  }
}
interface Participant {
  puuid: string
  participantId: number
  riotIdGameName?: string
  riotIdTagline?: string
  summonerLevel: number
  profileIcon: number
  teamId: number
  win: boolean
  kills: number
  deaths: number
  assists: number
  turretKills: number
  dragonKills: number
}
interface Timeline {
  metadata: { matchId: string; participants: string[] }
  info: {
    gameId: number
    participants: { participantId: number; puuid: string }[]
    frames: { events: TimelineEvent[]; participantFrames: Record<string, { minionsKilled: number }> }[]
  }
}
interface TimelineEvent {
  type: string
  timestamp: number
  killerId?: number
  victimId?: number
  assistingParticipantIds?: number[]
  realTimestamp?: number
  winningTeam?: number
  monsterType?: string
}

// Each run makes up a world and its games; on a busy machine eight of them take a while.
vi.setConfig({ testTimeout: 60_000 })

const anyPlatform = fc.constantFrom(...PLATFORM_NAMES.filter((name) => name !== 'pbe1'))
const runs = { numRuns: 8 }

describe('a world of any seed', () => {
  it('lists a match for each of its players, and shows each what their profile shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), anyPlatform, fc.nat({ max: 7999 }), async (seed, platform, number) => {
        const { region } = PLATFORM_FACTS[platform]!
        await world(seed, async ({ simulator, get }) => {
          const ids = await get<string[]>(
            region,
            `/lol/match/v5/matches/by-puuid/${simulator.puuid(platform, number)}/ids?count=3`,
          )
          for (const id of ids) {
            expect(id.startsWith(`${platform.toUpperCase()}_`)).toBe(true)
            const { metadata, info } = await get<Match>(region, `/lol/match/v5/matches/${id}`)
            expect(metadata.matchId).toBe(id)
            expect(metadata.participants).toContain(simulator.puuid(platform, number))
            expect(new Set(metadata.participants).size).toBe(metadata.participants.length)
            if (info.participants.length > 0)
              expect(info.participants.map(({ puuid }) => puuid)).toEqual(metadata.participants)
            for (const puuid of metadata.participants) {
              const theirs = await get<string[]>(region, `/lol/match/v5/matches/by-puuid/${puuid}/ids?count=100`)
              expect(theirs).toContain(id)
            }
            const one = info.participants[3]
            if (one === undefined) continue
            const summoner = await get<Record<string, unknown>>(
              platform,
              `/lol/summoner/v4/summoners/by-puuid/${one.puuid}`,
            )
            expect(summoner).toMatchObject({ summonerLevel: one.summonerLevel, profileIconId: one.profileIcon })
            if (one.riotIdGameName === undefined) continue
            const path = `${encodeURIComponent(one.riotIdGameName)}/${encodeURIComponent(one.riotIdTagline!)}`
            const account = await get<{ puuid: string }>('europe', `/riot/account/v1/accounts/by-riot-id/${path}`)
            expect(account.puuid).toBe(one.puuid)
          }
        })
      }),
      runs,
    )
  })

  it('tells matches whose numbers add up, and timelines that agree with them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), anyPlatform, async (seed, platform) => {
        const { region } = PLATFORM_FACTS[platform]!
        await world(seed, async ({ simulator, get }) => {
          const path = `/lol/match/v5/matches/by-puuid/${simulator.puuid(platform, 0)}/ids?queue=420&count=4`
          for (const id of await get<string[]>(region, path)) {
            const { metadata, info } = await get<Match>(region, `/lol/match/v5/matches/${id}`)
            if (info.participants.length === 0) continue
            expect(info.gameEndTimestamp - info.gameStartTimestamp).toBe(info.gameDuration * 1000)
            expect(info.gameStartTimestamp).toBeGreaterThan(info.gameCreation)
            expect(info.queueId).toBe(420)
            for (const team of info.teams) {
              const members = info.participants.filter(({ teamId }) => teamId === team.teamId)
              const kills = members.reduce((sum, member) => sum + member.kills, 0)
              expect(kills).toBe(team.objectives['champion']!.kills)
              const others = info.participants.filter(({ teamId }) => teamId !== team.teamId)
              expect(others.reduce((sum, other) => sum + other.deaths, 0)).toBe(kills)
              expect(members.every(({ win }) => win === team.win)).toBe(true)
              expect(members.reduce((sum, member) => sum + member.dragonKills, 0)).toBe(
                team.objectives['dragon']!.kills,
              )
            }

            const timeline = await get<Timeline>(region, `/lol/match/v5/matches/${id}/timeline`)
            expect(timeline.metadata).toEqual(metadata)
            expect(timeline.info.gameId).toBe(info.gameId)
            expect(timeline.info.participants.map(({ puuid }) => puuid)).toEqual(metadata.participants)
            const events = timeline.info.frames.flatMap((frame) => frame.events)
            const times = events.map(({ timestamp }) => timestamp)
            expect(times).toEqual([...times].sort((a, b) => a - b))
            const fights = events.filter(({ type }) => type === 'CHAMPION_KILL')
            for (const { participantId, kills, deaths, assists, dragonKills } of info.participants) {
              expect(fights.filter(({ killerId }) => killerId === participantId)).toHaveLength(kills)
              expect(fights.filter(({ victimId }) => victimId === participantId)).toHaveLength(deaths)
              expect(fights.filter((fight) => fight.assistingParticipantIds?.includes(participantId))).toHaveLength(
                assists,
              )
              const dragons = events.filter(
                ({ monsterType, killerId }) => monsterType === 'DRAGON' && killerId === participantId,
              )
              expect(dragons).toHaveLength(dragonKills)
            }
            const end = events.at(-1)!
            expect(end).toMatchObject({ type: 'GAME_END', realTimestamp: info.gameEndTimestamp })
            expect(end.winningTeam).toBe(info.teams.find(({ win }) => win)!.teamId)
          }
        })
      }),
      runs,
    )
  })

  it('pages histories without gaps, newest first, and filters them truly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.nat({ max: 3999 }),
        fc.integer({ min: 1, max: 30 }),
        async (seed, number, size) => {
          await world(seed, async ({ simulator, get }) => {
            const path = `/lol/match/v5/matches/by-puuid/${simulator.puuid('na1', number)}/ids`
            const all = await get<string[]>('americas', `${path}?count=100`)
            const pages: string[] = []
            for (let start = 0; start < all.length; start += size) {
              pages.push(...(await get<string[]>('americas', `${path}?start=${start}&count=${size}`)))
            }
            expect(pages).toEqual(all)
            expect(all).toEqual([...all].sort().reverse())
            expect(await get<string[]>('americas', path)).toEqual(all.slice(0, 20))
            expect(await get<string[]>('americas', `${path}?count=0`)).toEqual([])
            expect(await get<string[]>('asia', path)).toEqual([])

            const matches = await Promise.all(all.map((id) => get<Match>('americas', `/lol/match/v5/matches/${id}`)))
            const created = matches.map(({ info }) => info.gameCreation)
            expect(created).toEqual([...created].sort((a, b) => b - a))
            const solo = all.filter((_, i) => matches[i]!.info.queueId === 420)
            expect(await get<string[]>('americas', `${path}?queue=420&count=100`)).toEqual(solo)
            const ranked = all.filter((_, i) => [420, 440].includes(matches[i]!.info.queueId))
            expect(await get<string[]>('americas', `${path}?type=ranked&count=100`)).toEqual(ranked)
            const since = Math.floor(created[all.length >> 1]! / 1000)
            const until = Math.floor(created[all.length >> 2]! / 1000)
            const span = all.filter((_, i) => created[i]! >= since * 1000 && created[i]! <= until * 1000)
            expect(await get<string[]>('americas', `${path}?startTime=${since}&endTime=${until}&count=100`)).toEqual(
              span,
            )
          })
        },
      ),
      runs,
    )
  })

  it('has ladders whose pages overlap by five and end, and whose entries agree with the players', async () => {
    type Entry = {
      puuid: string
      leagueId: string
      tier: string
      rank: string
      leaguePoints: number
      queueType: string
    }
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom('RANKED_SOLO_5x5', 'RANKED_FLEX_SR'), async (seed, queue) => {
        await world(
          seed,
          async ({ simulator, get }) => {
            const path = `/lol/league/v4/entries/${queue}/SILVER/II`
            const pages: Entry[][] = []
            for (let page = 1; pages.at(-1)?.length !== 0; page++)
              pages.push(await get<Entry[]>('kr', `${path}?page=${page}`))
            expect(pages.length).toBeGreaterThan(2)
            for (let i = 1; i < pages.length - 1; i++) expect(pages[i]!.slice(0, 5)).toEqual(pages[i - 1]!.slice(-5))
            const puuids = pages.flat().map(({ puuid }) => puuid)
            expect(puuids.length - new Set(puuids).size).toBe(5 * (pages.length - 2))
            const entry = pages[1]![17]!
            expect(await get<Entry[]>('kr', `/lol/league/v4/entries/by-puuid/${entry.puuid}`)).toContainEqual(entry)
            type League = { leagueId: string; tier: string; entries: Entry[] }
            const league = await get<League>('kr', `/lol/league/v4/leagues/${entry.leagueId}`)
            expect(league.leagueId).toBe(entry.leagueId)
            expect(league.entries.map(({ puuid }) => puuid)).toContain(entry.puuid)

            const top = await get<League>('kr', `/lol/league/v4/challengerleagues/by-queue/${queue}`)
            expect(top.entries).toHaveLength(300)
            expect(await get<League>('kr', `/lol/league/v4/leagues/${top.leagueId}`)).toEqual(top)
            const exp = await get<Entry[]>('kr', `/lol/league-exp/v4/entries/${queue}/CHALLENGER/I`)
            expect(exp.map(({ puuid }) => puuid)).toEqual(top.entries.slice(0, 205).map(({ puuid }) => puuid))
            const solo = await get<Entry[]>('kr', `/lol/league/v4/entries/by-puuid/${simulator.puuid('kr', 0)}`)
            expect(solo[0]).toMatchObject({ tier: 'CHALLENGER', queueType: 'RANKED_SOLO_5x5' })
          },
          { world: { poolSize: 1000, pools: 12, rounds: 10, templates: 1 } },
        )
      }),
      { numRuns: 4 },
    )
  })

  it('shows other keys other ids for the same players', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        await world(seed, async ({ simulator, get }) => {
          const mine = simulator.puuid('na1', 3, 'one')
          const theirs = simulator.puuid('na1', 3, 'two')
          expect(mine).not.toBe(theirs)
          const [ids, sameIds] = [
            await get<string[]>('americas', `/lol/match/v5/matches/by-puuid/${mine}/ids`, 'one'),
            await get<string[]>('americas', `/lol/match/v5/matches/by-puuid/${theirs}/ids`, 'two'),
          ]
          expect(ids).toEqual(sameIds)
          const match = await get<Match>('americas', `/lol/match/v5/matches/${ids[0]!}`, 'one')
          const other = await get<Match>('americas', `/lol/match/v5/matches/${ids[0]!}`, 'two')
          expect(match.info.gameCreation).toBe(other.info.gameCreation)
          expect(other.metadata.participants).toContain(theirs)
          expect(match.metadata.participants.filter((puuid) => other.metadata.participants.includes(puuid))).toEqual([])
        })
      }),
      runs,
    )
  })

  it('agrees with itself in the other games too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.nat({ max: 3999 }), async (seed, number) => {
        await world(seed, async ({ simulator, get }) => {
          const puuid = simulator.puuid('na1', number)
          for (const id of await get<string[]>('americas', `/tft/match/v1/matches/by-puuid/${puuid}/ids?count=2`)) {
            const tft = await get<{
              metadata: { participants: string[] }
              info: { participants: { placement: number }[] }
            }>('americas', `/tft/match/v1/matches/${id}`)
            expect(tft.metadata.participants).toContain(puuid)
            expect(tft.info.participants.map(({ placement }) => placement).sort((a, b) => a - b)).toEqual([
              1, 2, 3, 4, 5, 6, 7, 8,
            ])
          }
          const list = await get<{ history: { matchId: string; queueId: string; gameStartTimeMillis: number }[] }>(
            'na',
            `/val/match/v1/matchlists/by-puuid/${puuid}`,
          )
          for (const { matchId, queueId, gameStartTimeMillis } of list.history.slice(0, 2)) {
            type Val = {
              matchInfo: { queueId: string; gameStartMillis: number }
              players: { puuid: string; stats: { kills: number; deaths: number } }[]
              roundResults: { playerStats: { puuid: string; kills: { killer: string; victim: string }[] }[] }[]
            }
            const val = await get<Val>('na', `/val/match/v1/matches/${matchId}`)
            expect(val.matchInfo).toMatchObject({ queueId, gameStartMillis: gameStartTimeMillis })
            expect(val.players.map((player) => player.puuid)).toContain(puuid)
            const kills = val.roundResults.flatMap(({ playerStats }) => playerStats.flatMap((stats) => stats.kills))
            for (const player of val.players) {
              expect(kills.filter(({ killer }) => killer === player.puuid)).toHaveLength(player.stats.kills)
              expect(kills.filter(({ victim }) => victim === player.puuid)).toHaveLength(player.stats.deaths)
            }
          }
          for (const id of (await get<string[]>('americas', `/lor/match/v1/matches/by-puuid/${puuid}/ids`)).slice(
            0,
            3,
          )) {
            const lor = await get<{ metadata: { participants: string[] } }>('americas', `/lor/match/v1/matches/${id}`)
            expect(lor.metadata.participants).toContain(puuid)
            expect(lor.metadata.participants).toHaveLength(2)
          }
        })
      }),
      runs,
    )
  })
})

describe('a world', () => {
  it('gives the same bytes to the same seed, and others to another', async () => {
    const tell = async (seed: number): Promise<string[]> => {
      const told: string[] = []
      await world(seed, async ({ simulator, get }) => {
        const ids = await get<string[]>('americas', `/lol/match/v5/matches/by-puuid/${simulator.puuid('na1', 3)}/ids`)
        for (const id of ids.slice(0, 3))
          told.push(JSON.stringify(await get('americas', `/lol/match/v5/matches/${id}/timeline`)))
        told.push(JSON.stringify(await get('na1', '/lol/league/v4/masterleagues/by-queue/RANKED_FLEX_SR')))
      })
      return told
    }
    const first = await tell(5)
    expect(await tell(5)).toEqual(first)
    expect((await tell(6)).some((text) => first.includes(text))).toBe(false)
  })

  it('plays on when it is live, and stands still when it is not', async () => {
    for (const live of [true, false]) {
      const clock = new VirtualClock()
      const options = { poolSize: 100, pools: 2, rounds: 30, idle: 0, templates: 1, live }
      const simulator = new RiotSimulator({ clock, keys: KEYS, world: options })
      const send = createTransport(simulator)
      const newest = async (): Promise<string> => {
        const url = `/americas/lol/match/v5/matches/by-puuid/${simulator.puuid('na1', 3)}/ids?count=1`
        return ((await send({ url, headers: { 'x-riot-token': 'one' } })).json() as string[])[0]!
      }
      const before = await clock.run(newest)
      await clock.advance(4 * 3_600_000)
      const after = await clock.run(newest)
      expect(after > before).toBe(live)
    }
  })
})
