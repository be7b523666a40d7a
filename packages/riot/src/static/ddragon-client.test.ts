import { afterEach, describe, expect, test, vi } from 'vitest'
import { fileServer } from '../../test/file-server.ts'
import { DDragonClient, ddragonImageUrl } from './ddragon-client.ts'

const VERSIONS = ['15.2.1', '15.1.2', '15.1.1', '14.24.1', 'lolpatch_7.20']
const file = (type: string, data: object) => ({ type, version: '15.2.1', data })
const of = (name: string, locale = 'en_US', version = '15.2.1') => `/cdn/${version}/data/${locale}/${name}.json`

test('has every method, each asking for its file; the newest version is asked for once', async () => {
  const rest: Record<string, unknown> = Object.fromEntries(
    ['summoner', 'profileicon', 'map', 'tft-champion', 'tft-item', 'tft-trait', 'tft-augments'].map((name) => [
      of(name),
      file(name, { it: { name } }),
    ]),
  )
  await using server = await fileServer({
    '/api/versions.json': VERSIONS,
    '/cdn/languages.json': ['en_US'],
    '/realms/euw.json': { v: '15.2.1', l: 'en_GB' },
    [of('champion')]: file('champion', { Tester: { id: 'Tester', key: '9001' } }),
    [of('championFull')]: { ...file('champion', {}), keys: { 9001: 'Tester' } },
    [of('champion/Tester')]: file('champion', { Tester: { id: 'Tester', lore: 'none' } }),
    [of('item')]: file('item', { 1: { name: 'Stick', gold: { total: 5 } } }),
    [of('runesReforged')]: [{ id: 1, slots: [{ runes: [{ id: 2 }] }] }],
    ...rest,
    '/docs/lol/queues.json': [{ queueId: 420 }],
    '/docs/lol/seasons.json': [{ id: 13 }],
    '/docs/lol/maps.json': [{ mapId: 11 }],
    '/docs/lol/gameModes.json': [{ gameMode: 'CLASSIC' }],
    '/docs/lol/gameTypes.json': [{ gametype: 'MATCHED_GAME' }],
    '/latest/set6cde/en_us/data/set6cde-en_us.json': [{ cardCode: '06XX001' }],
    '/latest/core/en_us/data/globals-en_us.json': { keywords: [{ name: 'Quick' }] },
  })
  await using client = new DDragonClient({ baseUrl: server.url })
  expect(await client.getVersions()).toEqual(VERSIONS)
  expect(await client.getLanguages()).toEqual(['en_US'])
  expect((await client.getRealm('euw')).l).toBe('en_GB')
  expect((await client.getLolChampions()).data.Tester?.key).toBe('9001')
  expect((await client.getLolChampionsFull()).keys?.['9001']).toBe('Tester')
  expect((await client.getLolChampion('Tester')).data.Tester?.lore).toBe('none')
  expect((await client.getLolItems()).data['1']?.gold.total).toBe(5)
  expect((await client.getLolRunes())[0]?.slots[0]?.runes[0]?.id).toBe(2)
  expect((await client.getLolSummonerSpells()).data.it?.name).toBe('summoner')
  expect((await client.getLolProfileIcons()).type).toBe('profileicon')
  expect((await client.getLolMaps()).type).toBe('map')
  expect((await client.getTftChampions()).data.it?.name).toBe('tft-champion')
  expect((await client.getTftItems()).data.it?.name).toBe('tft-item')
  expect((await client.getTftTraits()).data.it?.name).toBe('tft-trait')
  expect((await client.getTftAugments()).data.it?.name).toBe('tft-augments')
  expect((await client.getQueues())[0]?.queueId).toBe(420)
  expect((await client.getSeasons())[0]?.id).toBe(13)
  expect((await client.getMaps())[0]?.mapId).toBe(11)
  expect((await client.getGameModes())[0]?.gameMode).toBe('CLASSIC')
  expect((await client.getGameTypes())[0]?.gametype).toBe('MATCHED_GAME')
  expect((await client.getLorCards('6cde'))[0]?.cardCode).toBe('06XX001')
  expect((await client.getLorGlobals()).keywords[0]?.name).toBe('Quick')
  // One by getVersions itself, which is never remembered, and one to find out what `latest` is.
  expect(server.asked.filter((url) => url === '/api/versions.json')).toHaveLength(2)
  expect(server.asked).toHaveLength(23)
})

describe('versions', () => {
  afterEach(() => void vi.useRealTimers())

  const serve = () =>
    fileServer({
      '/api/versions.json': VERSIONS,
      ...Object.fromEntries(VERSIONS.flatMap((v) => ['en_US', 'ko_KR'].map((l) => [of('item', l, v), { version: v }]))),
    })

  test('many calls at once ask once', async () => {
    await using server = await serve()
    await using client = new DDragonClient({ baseUrl: server.url })
    const files = await Promise.all([1, 2, 3, 4, 5].map(() => client.getLolItems()))
    expect(new Set(files.map(({ version }) => version))).toEqual(new Set(['15.2.1']))
    expect(server.asked.filter((url) => url === '/api/versions.json')).toHaveLength(1)
  })

  test('a patch means its newest version, a version is taken as it is', async () => {
    await using server = await serve()
    await using client = new DDragonClient({ baseUrl: server.url, patch: '15.1', locale: 'ko-kr' })
    expect((await client.getLolItems()).version).toBe('15.1.2')
    expect((await client.getLolItems({ patch: '14.24.1', locale: 'en_US' })).version).toBe('14.24.1')
    expect((await client.getLolItems({ patch: 'lolpatch_7.20' })).version).toBe('lolpatch_7.20')
    expect((await client.getLolItems({ patch: 'latest' })).version).toBe('15.2.1')
    await expect(client.getLolItems({ patch: '16.1' })).rejects.toThrow(
      "patch 16.1 is none of Data Dragon's: the newest version is 15.2.1, the oldest lolpatch_7.20",
    )
    await expect(client.getLolItems({ patch: '15.10' })).rejects.toThrow(RangeError)
  })

  test('15.10 is no part of 15.1', async () => {
    await using server = await fileServer({
      '/api/versions.json': ['15.10.1', '15.1.1'],
      [of('item', 'en_US', '15.1.1')]: { version: '15.1.1' },
    })
    await using client = new DDragonClient({ baseUrl: server.url })
    expect((await client.getLolItems({ patch: '15.1' })).version).toBe('15.1.1')
  })

  test('the list is remembered for versionsTtl, and a failure is not', async () => {
    let answers: unknown[] = [503, VERSIONS]
    await using server = await fileServer({
      '/api/versions.json': () => (answers.length > 1 ? answers.shift() : answers[0]),
      [of('item')]: { version: '15.2.1' },
      [of('item', 'en_US', '15.3.1')]: { version: '15.3.1' },
    })
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    await using client = new DDragonClient({ baseUrl: server.url, middleware: [], versionsTtl: 1_000 })
    await expect(client.getLolItems()).rejects.toThrow('503')
    expect((await client.getLolItems()).version).toBe('15.2.1')
    answers = [['15.3.1', ...VERSIONS]]
    vi.setSystemTime(999)
    expect((await client.getLolItems()).version).toBe('15.2.1')
    vi.setSystemTime(1_000)
    expect((await client.getLolItems()).version).toBe('15.3.1')
  })

  test('a caller that gives up takes nothing from the others', async () => {
    await using server = await serve()
    await using client = new DDragonClient({ baseUrl: server.url })
    const controller = new AbortController()
    const first = client.getLolItems({ signal: controller.signal })
    const second = client.getLolItems()
    controller.abort(new Error('enough'))
    await expect(first).rejects.toThrow('enough')
    expect((await second).version).toBe('15.2.1')
  })
})

test('each site has its own base, which baseUrl replaces', async () => {
  await using lor = await fileServer({ '/7_6_0/set1/ko_kr/data/set1-ko_kr.json': [] })
  await using docs = await fileServer({ '/docs/lol/maps.json': [] })
  await using client = new DDragonClient({ lorBaseUrl: lor.url, docsBaseUrl: docs.url, locale: 'ko_KR' })
  expect(await client.getLorCards(1, { patch: '7_6_0' })).toEqual([])
  expect(await client.getMaps()).toEqual([])
})

test('wrong options are refused', () => {
  expect(() => new DDragonClient({ versionsTtl: -1 })).toThrow('versionsTtl must be')
  expect(() => new DDragonClient({ locale: 'korean' })).toThrow('locale must be')
  expect(() => new DDragonClient({ baseUrl: 'ftp://x' })).toThrow('baseUrl must be an absolute')
})

test('URLs of pictures', () => {
  expect(ddragonImageUrl({ full: 'Te st.png', group: 'item' }, '15.1.1', { baseUrl: 'http://mirror.example/' })).toBe(
    'http://mirror.example/cdn/15.1.1/img/item/Te%20st.png',
  )
})
