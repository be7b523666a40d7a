import { expect, test } from 'vitest'
import { createClient, type ApiEntry, type ApiTable, type SessionResponse } from '@sluice/http'
import * as tables from './index.ts'

const entries = (table: ApiTable): ApiEntry[] =>
  Object.values(table).flatMap((value) => (typeof value === 'function' ? [value] : entries(value)))

test('all 82 operations are there, each path once for each verb, with names as the methods show them', () => {
  const all = Object.values(tables).flatMap((table) => entries(table))
  expect(all.length).toBe(82)
  const places = all.map(({ endpoint: { method, path } }) => `${method} ${path}`)
  expect(new Set(places).size).toBe(82)
  for (const { endpoint } of all) {
    expect(endpoint.path).toMatch(/^\/(riot|lol|tft|val|lor|riftbound)\//)
    expect(endpoint.path).not.toMatch(/encrypted|PUUID/)
  }
})

test('a client made of them asks where the operation lives', async () => {
  const asked: string[] = []
  const session = {
    request: async (method: string, url: string): Promise<SessionResponse> => {
      asked.push(`${method} ${url}`)
      return { status: 204, request: { method }, dump: async () => undefined } as unknown as SessionResponse
    },
  }
  const host = (name: string) => () => `https://${name}.example.com`
  const client = createClient(session, tables.lol, {
    routes: { platform: host('euw1'), region: host('europe'), americas: host('americas') },
  })
  await client.matchV5.getMatchIdsByPuuid('p/1', { query: { start: 20, count: 100, type: 'ranked' } })
  await client.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')
  expect(asked).toEqual([
    'GET https://europe.example.com/lol/match/v5/matches/by-puuid/p%2F1/ids',
    'GET https://euw1.example.com/lol/league/v4/challengerleagues/by-queue/RANKED_SOLO_5x5',
  ])
})
