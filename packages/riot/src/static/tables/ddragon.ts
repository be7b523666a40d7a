import { get } from '@sluice/http'
import type * as DDragon from '../schemas/ddragon.ts'

/** Data Dragon's files of League of Legends and Teamfight Tactics, and Riot's lists of constants. */
export const ddragon = {
  /** Every version, the newest first. */
  getVersions: get('ddragon', '/api/versions.json')<string[]>,
  getLanguages: get('ddragon', '/cdn/languages.json')<string[]>,
  /** What versions a realm uses, such as `na` or `euw`. */
  getRealm: get('ddragon', '/realms/{realm}.json')<DDragon.Realm>,
  /** Every champion in short, by its id. */
  getLolChampions: get('ddragon', '/cdn/{patch}/data/{locale}/champion.json')<DDragon.ChampionsFile>,
  /** Every champion with its spells and skins: some 5 MB. */
  getLolChampionsFull: get('ddragon', '/cdn/{patch}/data/{locale}/championFull.json')<DDragon.ChampionsFullFile>,
  /** A champion by its id, such as `MonkeyKing`. */
  getLolChampion: get('ddragon', '/cdn/{patch}/data/{locale}/champion/{championKey}.json')<DDragon.ChampionsFullFile>,
  getLolItems: get('ddragon', '/cdn/{patch}/data/{locale}/item.json')<DDragon.ItemsFile>,
  getLolRunes: get('ddragon', '/cdn/{patch}/data/{locale}/runesReforged.json')<DDragon.RuneTree[]>,
  getLolSummonerSpells: get('ddragon', '/cdn/{patch}/data/{locale}/summoner.json')<
    DDragon.DataFile<DDragon.SummonerSpell>
  >,
  getLolProfileIcons: get('ddragon', '/cdn/{patch}/data/{locale}/profileicon.json')<
    DDragon.DataFile<DDragon.ProfileIcon>
  >,
  getLolMaps: get('ddragon', '/cdn/{patch}/data/{locale}/map.json')<DDragon.DataFile<DDragon.MapPicture>>,
  getTftChampions: get('ddragon', '/cdn/{patch}/data/{locale}/tft-champion.json')<
    DDragon.DataFile<DDragon.TftChampion>
  >,
  getTftItems: get('ddragon', '/cdn/{patch}/data/{locale}/tft-item.json')<DDragon.DataFile<DDragon.TftThing>>,
  getTftTraits: get('ddragon', '/cdn/{patch}/data/{locale}/tft-trait.json')<DDragon.DataFile<DDragon.TftThing>>,
  getTftAugments: get('ddragon', '/cdn/{patch}/data/{locale}/tft-augments.json')<DDragon.DataFile<DDragon.TftThing>>,
  /** The queues that matches name by number. */
  getQueues: get('docs', '/docs/lol/queues.json')<DDragon.Queue[]>,
  getSeasons: get('docs', '/docs/lol/seasons.json')<DDragon.Season[]>,
  getMaps: get('docs', '/docs/lol/maps.json')<DDragon.GameMap[]>,
  getGameModes: get('docs', '/docs/lol/gameModes.json')<DDragon.GameMode[]>,
  getGameTypes: get('docs', '/docs/lol/gameTypes.json')<DDragon.GameType[]>,
} as const

/** Data Dragon's files of Legends of Runeterra, which have versions and names of languages of their own. */
export const ddragonLor = {
  /** The cards of a set: `1`, `8` or `6cde`. */
  getLorCards: get('lor', '/{patch}/set{set}/{locale}/data/set{set}-{locale}.json')<DDragon.LorCard[]>,
  /** The words on the cards. */
  getLorGlobals: get('lor', '/{patch}/core/{locale}/data/globals-{locale}.json')<DDragon.LorGlobals>,
} as const
