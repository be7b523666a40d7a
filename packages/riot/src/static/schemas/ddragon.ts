// Data Dragon's files: the names are exactly the wire's.

/** What a file is wrapped in, with its things by their ids. */
export interface DataFile<T, Type extends string = string> {
  type: Type
  version: string
  data: Record<string, T>
}

/** Where a picture is: its own file `full`, and its place in the file `sprite`. `ddragonImageUrl` makes a URL of it. */
export interface Image {
  full: string
  sprite: string
  group: string
  x: number
  y: number
  w: number
  h: number
}

/** `champion.json`: each champion in short, by its id. */
export interface ChampionsFile extends DataFile<ChampionSummary> {
  format: string
}

/** `championFull.json` and `champion/Aatrox.json`. */
export interface ChampionsFullFile extends DataFile<Champion> {
  format: string
  /** The ids by their numbers: `{ '266': 'Aatrox' }`. Only in `championFull.json`. */
  keys?: Record<string, string>
}

/** A champion in short. */
export interface ChampionSummary {
  version: string
  /** The name without spaces, such as `MonkeyKing`. */
  id: string
  /** The number that matches have, as a string. */
  key: string
  name: string
  title: string
  blurb: string
  info: ChampionInfo
  image: Image
  tags: string[]
  partype: string
  stats: ChampionStats
}

/** A champion. */
export interface Champion extends Omit<ChampionSummary, 'version'> {
  skins: { id: string; num: number; name: string; chromas: boolean; parentSkin?: number }[]
  lore: string
  allytips: string[]
  enemytips: string[]
  spells: ChampionSpell[]
  passive: { name: string; description: string; image: Image }
  recommended: unknown[]
}

/** From 0 to 10 each. */
export interface ChampionInfo {
  attack: number
  defense: number
  magic: number
  difficulty: number
}

/** At level 1, and what each level adds. */
export interface ChampionStats {
  hp: number
  hpperlevel: number
  mp: number
  mpperlevel: number
  movespeed: number
  armor: number
  armorperlevel: number
  spellblock: number
  spellblockperlevel: number
  attackrange: number
  hpregen: number
  hpregenperlevel: number
  mpregen: number
  mpregenperlevel: number
  crit: number
  critperlevel: number
  attackdamage: number
  attackdamageperlevel: number
  attackspeedperlevel: number
  attackspeed: number
}

/** What a spell of a champion and a summoner spell have in common. */
export interface Spell {
  id: string
  name: string
  description: string
  tooltip: string
  maxrank: number
  cooldown: number[]
  cooldownBurn: string
  cost: number[]
  costBurn: string
  datavalues: Record<string, unknown>
  effect: (number[] | null)[]
  effectBurn: (string | null)[]
  vars: unknown[]
  costType: string
  maxammo: string
  range: number[]
  rangeBurn: string
  image: Image
  /** Absent where a spell costs nothing. */
  resource?: string
}

/** A spell of a champion. */
export interface ChampionSpell extends Spell {
  leveltip?: { label: string[]; effect: string[] }
}

/** A summoner spell: its `key` is the number that matches have. */
export interface SummonerSpell extends Spell {
  summonerLevel: number
  modes: string[]
  key: string
}

/** `item.json`. */
export interface ItemsFile extends DataFile<Item> {
  basic: Record<string, unknown>
  groups: { id: string; MaxGroupOwnable: string }[]
  tree: { header: string; tags: string[] }[]
}

/** An item of the shop. */
export interface Item {
  name: string
  description: string
  colloq: string
  plaintext: string
  into?: string[]
  from?: string[]
  image: Image
  gold: { base: number; purchasable: boolean; total: number; sell: number }
  tags: string[]
  /** Whether it is sold, by the map's id. */
  maps: Record<string, boolean>
  /** Such as `FlatHPPoolMod`. */
  stats: Record<string, number>
  depth?: number
  effect?: Record<string, string>
  stacks?: number
  consumed?: boolean
  consumeOnFull?: boolean
  inStore?: boolean
  hideFromAll?: boolean
  specialRecipe?: number
  requiredChampion?: string
  requiredAlly?: string
}

/** A tree of runes. */
export interface RuneTree {
  id: number
  key: string
  icon: string
  name: string
  /** The first has the keystones. */
  slots: { runes: Rune[] }[]
}

/** A rune. */
export interface Rune {
  id: number
  key: string
  icon: string
  name: string
  shortDesc: string
  longDesc: string
}

/** A profile icon. */
export interface ProfileIcon {
  id: number
  image: Image
}

/** A map. */
export interface MapPicture {
  MapName: string
  MapId: string
  image: Image
}

/** What versions a realm's client uses. */
export interface Realm {
  /** The newest version of each kind of file. */
  n: Record<string, string>
  v: string
  /** The realm's language. */
  l: string
  cdn: string
  dd: string
  lg: string
  css: string
  profileiconmax: number
  store: string | null
}

/** Something of Teamfight Tactics that has a picture. */
export interface TftThing {
  id: string
  name: string
  image: Image
}

/** A champion of Teamfight Tactics. */
export interface TftChampion extends TftThing {
  tier: number
}

/** A queue of `queues.json`. */
export interface Queue {
  queueId: number
  map: string
  description: string | null
  notes: string | null
}

/** A season of `seasons.json`. */
export interface Season {
  id: number
  season: string
}

/** A map of `maps.json`. */
export interface GameMap {
  mapId: number
  mapName: string
  notes: string
}

/** A game mode of `gameModes.json`. */
export interface GameMode {
  gameMode: string
  description: string
}

/** A game type of `gameTypes.json`. */
export interface GameType {
  gametype: string
  description: string
}

/** A card of Legends of Runeterra. */
export interface LorCard {
  associatedCards: string[]
  associatedCardRefs: string[]
  assets: { gameAbsolutePath: string; fullAbsolutePath: string }[]
  regions: string[]
  regionRefs: string[]
  attack: number
  cost: number
  health: number
  description: string
  descriptionRaw: string
  levelupDescription: string
  levelupDescriptionRaw: string
  flavorText: string
  artistName: string
  name: string
  cardCode: string
  keywords: string[]
  keywordRefs: string[]
  spellSpeed: string
  spellSpeedRef: string
  rarity: string
  rarityRef: string
  subtypes: string[]
  supertype: string
  type: string
  collectible: boolean
  set: string
  /** Since 2023. */
  formats?: string[]
  formatRefs?: string[]
}

/** The words of Legends of Runeterra's cards. */
export interface LorGlobals {
  vocabTerms: LorTerm[]
  keywords: LorTerm[]
  regions: { abbreviation: string; iconAbsolutePath: string; name: string; nameRef: string }[]
  spellSpeeds: { name: string; nameRef: string }[]
  rarities: { name: string; nameRef: string }[]
  sets: { iconAbsolutePath: string; name: string; nameRef: string }[]
  formats?: { iconAbsolutePath?: string; name: string; nameRef: string }[]
}

/** A word and what it means. */
export interface LorTerm {
  description: string
  name: string
  nameRef: string
}
