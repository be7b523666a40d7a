import { expect, test } from 'vitest'
import { fileServer } from '../../test/file-server.ts'
import { MerakiClient } from './meraki-client.ts'

const PATH = '/lol/resources/latest/en-US'

test('has every method, each asking for its file', async () => {
  const champion = { id: 9001, key: 'Tester', abilities: { P: [{ name: 'Nothing' }], Q: [], W: [], E: [], R: [] } }
  await using server = await fileServer({
    [`/riot${PATH}/champions.json`]: { Tester: champion },
    [`/riot${PATH}/champions/Tester.json`]: champion,
    [`/riot${PATH}/items.json`]: { 1: { id: 1, shop: { prices: { total: 5 } } } },
    [`/riot${PATH}/items/1.json`]: { id: 1, shop: { prices: { total: 5 } } },
    [`/riot${PATH}/championrates.json`]: { data: { 9001: { TOP: { playRate: 1.5 } } }, patch: '15.1' },
  })
  await using client = new MerakiClient({ baseUrl: `${server.url}/riot` })
  expect((await client.getLolChampions()).Tester?.id).toBe(9001)
  expect((await client.getLolChampion('Tester')).abilities.P[0]?.name).toBe('Nothing')
  expect((await client.getLolItems())['1']?.id).toBe(1)
  expect((await client.getLolItem(1)).shop.prices.total).toBe(5)
  expect((await client.getLolChampionRates()).data['9001']?.TOP?.playRate).toBe(1.5)
  expect(server.asked).toHaveLength(5)
})

test('a method may be taken off its client', async () => {
  await using server = await fileServer({ [`${PATH}/items/1.json`]: { id: 1 } })
  await using client = new MerakiClient({ baseUrl: server.url })
  const { getLolItem } = client
  expect(await getLolItem(1)).toEqual({ id: 1 })
})
