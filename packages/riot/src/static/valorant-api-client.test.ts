import { expect, test } from 'vitest'
import { StatusError } from '@sluice/http'
import { fileServer } from '../../test/file-server.ts'
import { ValorantApiClient } from './valorant-api-client.ts'

const KINDS = [
  ['Agents', 'Agent', 'agents'],
  ['Buddies', 'Buddy', 'buddies'],
  ['Bundles', 'Bundle', 'bundles'],
  ['Ceremonies', 'Ceremony', 'ceremonies'],
  ['CompetitiveTiers', 'CompetitiveTier', 'competitivetiers'],
  ['ContentTiers', 'ContentTier', 'contenttiers'],
  ['Contracts', 'Contract', 'contracts'],
  ['Currencies', 'Currency', 'currencies'],
  ['Events', 'Event', 'events'],
  ['Gamemodes', 'Gamemode', 'gamemodes'],
  ['Gears', 'Gear', 'gear'],
  ['Maps', 'Map', 'maps'],
  ['Playercards', 'Playercard', 'playercards'],
  ['Playertitles', 'Playertitle', 'playertitles'],
  ['Seasons', 'Season', 'seasons'],
  ['Sprays', 'Spray', 'sprays'],
  ['Themes', 'Theme', 'themes'],
  ['Weapons', 'Weapon', 'weapons'],
] as const

test('has all 37 methods, each asking for its own and giving the data', async () => {
  const files: Record<string, unknown> = { '/v1/version': { status: 200, data: { version: '10.0' } } }
  for (const [, , path] of KINDS) {
    files[`/v1/${path}`] = { status: 200, data: [{ uuid: path }] }
    files[`/v1/${path}/${path}-1`] = { status: 200, data: { uuid: `${path}-1` } }
  }
  await using server = await fileServer(files)
  await using client = new ValorantApiClient({ baseUrl: server.url })
  for (const [many, one, path] of KINDS) {
    expect(await client[`getValV1${many}`]()).toEqual([{ uuid: path }])
    expect(await client[`getValV1${one}`](`${path}-1`)).toEqual({ uuid: `${path}-1` })
  }
  expect(await client.getValV1Version()).toEqual({ version: '10.0' })
  expect(new Set(server.asked).size).toBe(37)
  expect(server.asked[0]).toBe('/v1/agents?isPlayableCharacter=true')
  expect(server.asked[1]).toBe('/v1/agents/agents-1')
})

test('language: of the client, of the call; agents that nobody can play', async () => {
  await using server = await fileServer({
    '/v1/agents': { status: 200, data: [] },
    '/v1/maps/x': { status: 200, data: { uuid: 'x' } },
  })
  await using client = new ValorantApiClient({ baseUrl: server.url, language: 'de-DE' })
  await client.getValV1Map('x')
  await client.getValV1Map('x', { language: 'ko-KR', timeout: 5_000 })
  await client.getValV1Agents({ isPlayableCharacter: false })
  const response = await client.getValV1Map.response('x')
  expect(await response.json()).toEqual({ status: 200, data: { uuid: 'x' } })
  expect(server.asked).toEqual([
    '/v1/maps/x?language=de-DE',
    '/v1/maps/x?language=ko-KR',
    '/v1/agents?isPlayableCharacter=false&language=de-DE',
    '/v1/maps/x?language=de-DE',
  ])
  expect(client.getValV1Map.endpoint.path).toBe('/v1/maps/{uuid}')
  await expect(client.getValV1Map('gone')).rejects.toBeInstanceOf(StatusError)
})

test('wrong options are refused', async () => {
  expect(() => new ValorantApiClient({ language: 'en' as 'en-US' })).toThrow("language must be 'ar-AE' or")
  await using client = new ValorantApiClient({ baseUrl: 'http://127.0.0.1:1' })
  await expect(client.getValV1Maps({ language: 'xx' as 'en-US' })).rejects.toThrow("language must be 'ar-AE' or")
  await expect((client.getValV1Map as unknown as () => Promise<unknown>)()).rejects.toThrow('uuid of /v1/maps/{uuid}')
  await expect((client.getValV1Map as unknown as (x: object) => Promise<unknown>)({})).rejects.toThrow('uuid of')
})
