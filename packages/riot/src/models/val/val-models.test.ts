import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { changeable } from '../../../test/changeable.ts'
import { simClient } from '../../../test/sim-client.ts'
import { NotFoundError } from '../../errors.ts'
import { valModels } from './val-models.ts'

test('recent matches lead to players, players to their histories, histories to matches', async () => {
  const { riot, simulator, run } = simClient({ platform: 'kr' }, { logSize: 100 })
  const val = valModels(riot)
  await run(async () => {
    const recent = await val.recentMatches({ queue: 'competitive', shard: 'eu' }).get()
    expect(recent.matches.map(({ id }) => id)).toEqual(recent.matchIds)
    const match = await recent.matches[0]!.get()
    expect(match.matchInfo.matchId).toBe(recent.matchIds[0])
    expect([recent, match].flatMap((value) => changeable(value))).toEqual([])
    const [player] = match.players
    expect((await player!.account.get()).puuid).toBe(player!.puuid)
    const history = await player!.matchHistory.get()
    expect(history).toEqual(await riot.valMatchV1.getMatchlist(player!.puuid, { shard: 'eu' }))
    expect(changeable(history)).toEqual([])
    expect([...history]).toEqual([...history.history])
    expect(history.matches.map(({ id }) => id)).toEqual(history.history.map(({ matchId }) => matchId))
    expect((await history.history[0]!.match.get()).players.map(({ puuid }) => puuid)).toContain(player!.puuid)
    // The client's platform is kr, but all this is in eu.
    expect(simulator.arrivals().map(({ route }) => route)).toEqual(['eu', 'eu', 'europe', 'eu', 'eu', 'eu'])
  })
})

test('content, leaderboards, status, accounts', async () => {
  const { riot, simulator, run } = simClient({ platform: 'euw1' })
  const val = valModels(riot)
  await run(async () => {
    const content = await val.content().get({ locale: 'en-US' })
    expect(changeable(content)).toEqual([])
    const act = content.acts.find(({ isActive, type }) => isActive && type === 'act')!
    const board = await val.leaderboard({ actId: act.id }).get({ size: 20, startIndex: 5 })
    expect(board.players).toHaveLength(20)
    expect(changeable(board)).toEqual([])
    for (const player of board.players) {
      const { account } = player
      if (player.puuid === undefined) await expect(account.get()).rejects.toThrow('this participant has no puuid')
      else expect((await account.get()).puuid).toBe(player.puuid)
    }
    expect(new Set(board.players.map(({ puuid }) => puuid === undefined))).toEqual(new Set([true, false]))
    expect((await val.status().get()).id).toMatch(/eu/i)
    const puuid = simulator.puuid('euw1', 0, PRODUCTION_KEY)
    const { gameName, tagLine } = await val.account({ puuid }).get()
    const history = val.matchHistory({ gameName: gameName!, tagLine: tagLine!, shard: 'eu' })
    expect((await history.get()).puuid).toBe(puuid)
    expect((await val.account({ puuid }).matchHistory.get()).puuid).toBe(puuid)
  })
})

test('what does not exist', async () => {
  const { riot, run } = simClient({ shard: 'eu' })
  const val = valModels(riot)
  await run(async () => {
    expect(await val.match({ id: '00000000-0000-0000-0000-000000000000' }).get({ notFound: 'null' })).toBeNull()
    await expect(val.account({ gameName: 'Nobody', tagLine: 'NIX' }).get()).rejects.toBeInstanceOf(NotFoundError)
    expect(() => val.matchHistory({ puuid: '' })).toThrow('a player is { puuid } or { gameName, tagLine }')
  })
})
