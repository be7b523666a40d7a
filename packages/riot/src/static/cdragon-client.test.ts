import { expect, test } from 'vitest'
import { MemoryCache, StatusError, cache } from '@sluice/http'
import { fileServer } from '../../test/file-server.ts'
import { CDragonClient, cdragonAssetUrl } from './cdragon-client.ts'
import type * as CDragon from './schemas/cdragon.ts'

const GLOBAL = '/latest/plugins/rcp-be-lol-game-data/global'

const champion: CDragon.Champion = {
  id: 9001,
  name: 'Tester',
  alias: 'Tester',
  title: 'the Made-Up',
  shortBio: '',
  tacticalInfo: { style: 1, difficulty: 1, damageType: 'kMagic' },
  playstyleInfo: { damage: 1, durability: 1, crowdControl: 1, mobility: 1, utility: 1 },
  squarePortraitPath: '/lol-game-data/assets/v1/champion-icons/9001.png',
  stingerSfxPath: '',
  chooseVoPath: '',
  banVoPath: '',
  roles: ['mage'],
  recommendedItemDefaults: [],
  skins: [],
  passive: { name: 'P', abilityIconPath: '', abilityVideoPath: '', abilityVideoImagePath: '', description: '' },
  spells: [],
}
const tft: CDragon.TftData = { items: [], setData: [], sets: { 1: { name: 'One', champions: [], traits: [] } } }

test('has every method, each asking for its file', async () => {
  await using server = await fileServer({
    '/latest/game/data/characters/tester/tester.bin.json': { 'Characters/Tester': { __type: 'CharacterRecord' } },
    [`${GLOBAL}/default/v1/champions/9001.json`]: champion,
    [`${GLOBAL}/default/v1/champion-summary.json`]: [{ id: 9001, name: 'Tester', alias: 'Tester', roles: [] }],
    [`${GLOBAL}/default/v1/items.json`]: [{ id: 1 }],
    [`${GLOBAL}/default/v1/perks.json`]: [{ id: 2 }],
    [`${GLOBAL}/default/v1/perkstyles.json`]: { schemaVersion: 2, styles: [{ id: 3 }] },
    [`${GLOBAL}/default/v1/summoner-spells.json`]: [{ id: 4 }],
    [`${GLOBAL}/default/v1/profile-icons.json`]: [{ id: 5 }],
    '/latest/content-metadata.json': { version: '15.1.1+branch' },
    '/latest/cdragon/tft/en_us.json': tft,
  })
  await using client = new CDragonClient({ baseUrl: server.url })
  expect((await client.getLolChampionBin('tester'))['Characters/Tester']).toEqual({ __type: 'CharacterRecord' })
  expect(await client.getLolV1Champion(9001)).toEqual(champion)
  expect((await client.getLolV1ChampionSummary())[0]?.alias).toBe('Tester')
  expect((await client.getLolV1Items())[0]?.id).toBe(1)
  expect((await client.getLolV1Perks())[0]?.id).toBe(2)
  expect((await client.getLolV1PerkStyles()).styles[0]?.id).toBe(3)
  expect((await client.getLolV1SummonerSpells())[0]?.id).toBe(4)
  expect((await client.getLolV1ProfileIcons())[0]?.id).toBe(5)
  expect((await client.getContentMetadata()).version).toBe('15.1.1+branch')
  expect((await client.getTftData()).sets['1']?.name).toBe('One')
  expect(client.statistics().requests).toBe(10)
  expect(server.asked).toHaveLength(10)
})

test.each([
  [{}, {}, '/latest/a/default', '/latest/t/en_us'],
  [{ locale: 'en_us' }, {}, '/latest/a/default', '/latest/t/en_us'],
  [{ locale: 'ko-KR', patch: '15.1' }, {}, '/15.1/a/ko_kr', '/15.1/t/ko_kr'],
  [{ locale: 'ko_kr', patch: '15.1' }, { patch: 'pbe', locale: 'de_de' }, '/pbe/a/de_de', '/pbe/t/de_de'],
  [{ patch: 'pbe' }, { patch: undefined }, '/pbe/a/default', '/pbe/t/en_us'],
])('options of the client %j and of the call %j', async (options, call, expected, expectedTft) => {
  await using server = await fileServer({})
  await using client = new CDragonClient({ ...options, baseUrl: `${server.url}/` })
  await client.getLolV1Items.response(call)
  await client.getTftData.response(call)
  const [patch, , locale] = expected.split('/').slice(1)
  const [tftPatch, , tftLocale] = expectedTft.split('/').slice(1)
  expect(server.asked).toEqual([
    `/${patch}/plugins/rcp-be-lol-game-data/global/${locale}/v1/items.json`,
    `/${tftPatch}/cdragon/tft/${tftLocale}.json`,
  ])
})

test('retries by default, unless middleware is given; a cache applies; closing ends it', async () => {
  let asked = 0
  const path = `${GLOBAL}/default/v1/items.json`
  await using server = await fileServer({ [path]: () => (++asked % 2 === 1 ? 503 : [{ id: 7 }]) })
  {
    await using client = new CDragonClient({ baseUrl: server.url })
    expect((await client.getLolV1Items())[0]?.id).toBe(7)
    expect(server.asked).toHaveLength(2)
  }
  const client = new CDragonClient({
    baseUrl: server.url,
    middleware: [cache(new MemoryCache(), [[() => true, 60_000]])],
  })
  await expect(client.getLolV1Items()).rejects.toBeInstanceOf(StatusError)
  expect(await client.getLolV1Items()).toEqual(await client.getLolV1Items())
  expect(server.asked).toHaveLength(4)
  await client.close()
  await expect(client.getLolV1Items()).rejects.toThrow('the session is closed')
})

test('wrong options are refused', async () => {
  expect(() => new CDragonClient({ locale: 'english' })).toThrow(
    `locale must be a language and a country, such as 'en_US', not "english"`,
  )
  expect(() => new CDragonClient({ baseUrl: 'communitydragon' })).toThrow('baseUrl must be an absolute')
  expect(() => new CDragonClient({ patch: '' })).toThrow("patch must be a name such as 'latest' or '15.1', not \"\"")
  await using client = new CDragonClient()
  await expect(client.getLolV1Items({ patch: '' })).rejects.toThrow('patch of /{patch}/plugins/')
  await expect((client.getLolV1Champion as unknown as () => Promise<unknown>)()).rejects.toThrow('championId of')
})

test('URLs of assets', () => {
  const raw = 'https://raw.communitydragon.org/latest'
  expect(cdragonAssetUrl('/lol-game-data/assets/ASSETS/Items/Icons2D/A.png')).toBe(
    `${raw}/plugins/rcp-be-lol-game-data/global/default/assets/items/icons2d/a.png`,
  )
  expect(cdragonAssetUrl('ASSETS/UX/B.dds')).toBe(`${raw}/game/assets/ux/b.png`)
  expect(cdragonAssetUrl('assets/x.ogg', { patch: 'pbe', baseUrl: 'https://mirror.example/cd/' })).toBe(
    'https://mirror.example/cd/pbe/game/assets/x.ogg',
  )
  expect(() => cdragonAssetUrl('x.png')).toThrow(
    "path must begin with '/lol-game-data/assets/' or 'ASSETS/', not \"x.png\"",
  )
})
