import { expectTypeOf, test } from 'vitest'
import type { SessionResponse } from '@sluice/http'
import type { CDragon, DDragon, Meraki, ValorantApi } from './index.ts'
import { CDragonClient, type DDragonClient, type MerakiClient, type ValorantApiClient } from './index.ts'

declare const cdragon: CDragonClient
declare const ddragon: DDragonClient
declare const meraki: MerakiClient
declare const valorant: ValorantApiClient

test('CommunityDragon: patch and locale are options, where the path has them', () => {
  expectTypeOf(cdragon.getLolV1Champion(777)).resolves.toEqualTypeOf<CDragon.Champion>()
  expectTypeOf(
    cdragon.getLolV1Champion(777, { patch: '15.1', locale: 'ko_kr' }),
  ).resolves.toEqualTypeOf<CDragon.Champion>()
  expectTypeOf(cdragon.getTftData({ locale: 'ko_kr' })).resolves.toEqualTypeOf<CDragon.TftData>()
  expectTypeOf(cdragon.getLolChampionBin('yone')).resolves.toEqualTypeOf<Record<string, CDragon.ChampionBinValue>>()
  expectTypeOf(cdragon.getLolV1Items.response()).resolves.toEqualTypeOf<SessionResponse>()
  // @ts-expect-error which champion?
  void cdragon.getLolV1Champion()
  // @ts-expect-error the game's own files have no language
  void cdragon.getLolChampionBin('yone', { locale: 'ko_kr' })
  // @ts-expect-error the alias is given once
  void cdragon.getLolChampionBin('yone', 'yone')
  // @ts-expect-error no such method
  void cdragon.getNothing()
  // @ts-expect-error no such option
  void new CDragonClient({ region: 'euw' })
})

test('Data Dragon', () => {
  expectTypeOf(ddragon.getVersions()).resolves.toEqualTypeOf<string[]>()
  expectTypeOf(ddragon.getLolChampions({ patch: '15.1' })).resolves.toEqualTypeOf<DDragon.ChampionsFile>()
  expectTypeOf(ddragon.getLorCards(1)).resolves.toEqualTypeOf<DDragon.LorCard[]>()
  // @ts-expect-error the list of versions has no version
  void ddragon.getVersions({ patch: '15.1' })
  // @ts-expect-error which set?
  void ddragon.getLorCards({ locale: 'en_us' })
})

test('Meraki has neither', () => {
  expectTypeOf(meraki.getLolChampion('Yone')).resolves.toEqualTypeOf<Meraki.Champion>()
  // @ts-expect-error there is only the latest patch
  void meraki.getLolItems({ patch: '15.1' })
})

test('valorant-api.com gives the data', () => {
  expectTypeOf(valorant.getValV1Agents()).resolves.toEqualTypeOf<ValorantApi.Agent[]>()
  expectTypeOf(valorant.getValV1Agents({ language: 'ko-KR', isPlayableCharacter: false })).resolves.toEqualTypeOf<
    ValorantApi.Agent[]
  >()
  expectTypeOf(valorant.getValV1Map('x', { language: 'ko-KR', timeout: 5 })).resolves.toEqualTypeOf<ValorantApi.Map>()
  expectTypeOf(valorant.getValV1Currency('x')).resolves.toEqualTypeOf<ValorantApi.Currency>()
  expectTypeOf(valorant.getValV1Version.response()).resolves.toEqualTypeOf<SessionResponse>()
  // @ts-expect-error of the agents only
  void valorant.getValV1Maps({ isPlayableCharacter: false })
  // @ts-expect-error no such language
  void valorant.getValV1Maps({ language: 'xx' })
  // @ts-expect-error which map?
  void valorant.getValV1Map()
})

test('all are disposable', () => {
  expectTypeOf<CDragonClient | DDragonClient | MerakiClient | ValorantApiClient>().toExtend<AsyncDisposable>()
})
