import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { changeable } from '../../../test/changeable.ts'
import { simClient } from '../../../test/sim-client.ts'
import { NotFoundError } from '../../errors.ts'
import { lorModels } from './lor-models.ts'

test('matches, histories, decks, accounts', async () => {
  const { riot, simulator, run } = simClient({ platform: 'euw1' }, { logSize: 100 })
  const lor = lorModels(riot)
  await run(async () => {
    const puuid = simulator.puuid('euw1', 0, PRODUCTION_KEY)
    const history = await lor.matchHistory({ puuid, region: 'europe' }).get()
    expect(history.ids).toEqual(await riot.lorMatchV1.getMatchIdsByPuuid(puuid, { region: 'europe' }))
    expect([...history].map(({ id }) => id)).toEqual(history.ids)
    expect(history.ids.length).toBeGreaterThan(0)
    const match = await history.matches[0]!.get()
    expect(match).toEqual(await riot.lorMatchV1.getMatch(history.ids[0]!, { region: 'europe' }))
    expect(changeable(match)).toEqual([])
    expect(match.players).toBe(match.info.players)
    const [player] = match.players
    expect((await player!.account.get()).puuid).toBe(player!.puuid)
    expect((await player!.matchHistory.get()).ids).toContain(history.ids[0])
    const { gameName, tagLine } = await lor.account({ puuid, region: 'europe' }).get()
    const byName = lor.account({ gameName: gameName!, tagLine: tagLine!, region: 'europe' })
    expect((await byName.matchHistory.get()).ids).toEqual(history.ids)
    expect(new Set(simulator.arrivals().map(({ route }) => route))).toEqual(new Set(['europe']))
  })
})

test('a deck is what its code says, and an empty one is empty', async () => {
  const players = ['CEAAAAIBAEAAC', ''].map((deck_code) => ({ puuid: 'p', deck_code, factions: [] }))
  const body = { metadata: { match_id: 'm' }, info: { players } }
  const { riot, run } = simClient({ platform: 'euw1', fetch: async () => Response.json(body) })
  await run(async () => {
    const match = await lorModels(riot).match({ id: 'm', region: 'europe' }).get()
    expect(match.players.map(({ deck }) => deck)).toEqual([[{ cardCode: '01DE001', count: 1 }], []])
  })
})

test('leaderboards and status; what does not exist', async () => {
  const { riot, simulator, run } = simClient({ platform: 'kr' }, { logSize: 100 })
  const lor = lorModels(riot)
  await run(async () => {
    const board = await lor.leaderboard({ region: 'sea' }).get()
    expect(board.players.length).toBeGreaterThan(10)
    expect(changeable(board)).toEqual([])
    expect((await lor.status({ region: 'americas' }).get()).locales.length).toBeGreaterThan(0)
    expect(await lor.match({ id: '00000000-0000-0000-0000-000000000000' }).get({ notFound: 'null' })).toBeNull()
    const nobody = lor.matchHistory({ gameName: 'Nobody', tagLine: 'NIX', region: 'sea' })
    await expect(nobody.get()).rejects.toBeInstanceOf(NotFoundError)
    // sea has no accounts: asia answers for it.
    expect(simulator.arrivals().map(({ route }) => route)).toEqual(['sea', 'americas', 'sea', 'asia'])
  })
})
