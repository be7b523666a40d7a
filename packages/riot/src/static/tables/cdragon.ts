import { get } from '@sluice/http'
import type * as CDragon from '../schemas/cdragon.ts'

/** CommunityDragon's files. */
export const cdragon = {
  /** What the game itself knows of a champion, by its alias in lower case, such as `monkeyking`. */
  getLolChampionBin: get('raw', '/{patch}/game/data/characters/{alias}/{alias}.bin.json')<
    Record<string, CDragon.ChampionBinValue>
  >,
  /** A champion with its skins and spells, by its number. */
  getLolV1Champion: get(
    'raw',
    '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/champions/{championId}.json',
  )<CDragon.Champion>,
  /** Every champion in short. The first has the id -1 and stands for "none". */
  getLolV1ChampionSummary: get('raw', '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/champion-summary.json')<
    CDragon.ChampionSummary[]
  >,
  getLolV1Items: get('raw', '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/items.json')<CDragon.Item[]>,
  /** The runes. */
  getLolV1Perks: get('raw', '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/perks.json')<CDragon.Perk[]>,
  /** The trees of runes. */
  getLolV1PerkStyles: get(
    'raw',
    '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/perkstyles.json',
  )<CDragon.PerkStyles>,
  getLolV1SummonerSpells: get('raw', '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/summoner-spells.json')<
    CDragon.SummonerSpell[]
  >,
  getLolV1ProfileIcons: get('raw', '/{patch}/plugins/rcp-be-lol-game-data/global/{locale}/v1/profile-icons.json')<
    CDragon.ProfileIcon[]
  >,
  /** Which build of the game the files are of: ask for it to learn whether anything is new. */
  getContentMetadata: get('raw', '/{patch}/content-metadata.json')<CDragon.ContentMetadata>,
} as const

/** CommunityDragon's file of Teamfight Tactics, in whose languages `en_us` is not called `default`. */
export const cdragonTft = {
  /** Items, augments, champions and traits of every set. */
  getTftData: get('raw', '/{patch}/cdragon/tft/{locale}.json')<CDragon.TftData>,
} as const
