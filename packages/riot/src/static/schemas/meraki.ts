// Meraki's files: the names are exactly the wire's.

/** Numbers by rank, and their units. */
export interface Modifier {
  values: number[]
  units: string[]
}

/** A number of an ability by rank. */
export interface Leveling {
  attribute: string
  modifiers: Modifier[]
}

/** One part of what an ability does. */
export interface AbilityEffect {
  description: string
  leveling: Leveling[]
}

/** An ability in one of its forms. */
export interface Ability {
  name: string
  icon: string
  effects: AbilityEffect[]
  cost: { modifiers: Modifier[] } | null
  cooldown: { modifiers: Modifier[]; affectedByCdr: boolean } | null
  targeting: string | null
  affects: string | null
  spellshieldable: string | null
  resource: string | null
  damageType: string | null
  spellEffects: string | null
  projectile: string | null
  onHitEffects: string | null
  occurrence: string | null
  notes: string | null
  blurb: string | null
  missileSpeed: string | null
  rechargeRate: number[] | null
  collisionRadius: string | null
  tetherRadius: string | null
  onTargetCdStatic: string | null
  innerRadius: string | null
  speed: string | null
  width: string | null
  angle: string | null
  castTime: string | null
  effectRadius: string | null
  targetRange: string | null
}

/** The abilities by key; `P` is the passive. A key has several where the champion changes form. */
export interface Abilities {
  P: Ability[]
  Q: Ability[]
  W: Ability[]
  E: Ability[]
  R: Ability[]
}

/** A number that grows with the level. */
export interface ChampionStat {
  flat: number
  percent: number
  perLevel: number
  percentPerLevel: number
}

/** The stats of a champion. Those of game modes come and go. */
export interface ChampionStats {
  health: ChampionStat
  healthRegen: ChampionStat
  mana: ChampionStat
  manaRegen: ChampionStat
  armor: ChampionStat
  magicResistance: ChampionStat
  attackDamage: ChampionStat
  movespeed: ChampionStat
  acquisitionRadius: ChampionStat
  selectionRadius: ChampionStat
  pathingRadius: ChampionStat
  gameplayRadius: ChampionStat
  criticalStrikeDamage: ChampionStat
  criticalStrikeDamageModifier: ChampionStat
  attackSpeed: ChampionStat
  attackSpeedRatio: ChampionStat
  attackCastTime: ChampionStat
  attackTotalTime: ChampionStat
  attackDelayOffset: ChampionStat
  attackRange: ChampionStat
  aramDamageTaken?: ChampionStat
  aramDamageDealt?: ChampionStat
  aramHealing?: ChampionStat
  aramShielding?: ChampionStat
  aramAbilityHaste?: ChampionStat
  aramAttackSpeed?: ChampionStat
  aramEnergyRegen?: ChampionStat
  aramTenacity?: ChampionStat
  urfDamageTaken?: ChampionStat
  urfDamageDealt?: ChampionStat
  urfHealing?: ChampionStat
  urfShielding?: ChampionStat
}

/** A champion. */
export interface Champion {
  id: number
  key: string
  name: string
  title: string
  fullName: string
  icon: string
  resource: string
  attackType: string
  adaptiveType: string
  stats: ChampionStats
  positions?: string[]
  roles: string[]
  attributeRatings: AttributeRatings
  abilities: Abilities
  releaseDate: string
  releasePatch: string
  patchLastChanged: string
  price: { blueEssence: number; rp: number; saleRp: number }
  lore: string
  faction?: string
  skins: Skin[]
}

/** What the game's client says of a champion. */
export interface AttributeRatings {
  damage: number
  toughness: number
  control: number
  mobility: number
  utility: number
  abilityReliance: number
  attack?: number
  defense?: number
  magic?: number
  difficulty?: number
}

/** A skin. */
export interface Skin {
  name: string
  id: number
  isBase: boolean
  availability: string
  formatName: string
  lootEligible: boolean
  /** RP, or `Special` and the like. */
  cost: number | string
  sale: number
  distribution: string | null
  rarity: string
  chromas: Chroma[]
  lore: string | null
  release: string
  set: (string | null)[]
  splashPath: string
  uncenteredSplashPath: string
  tilePath: string
  loadScreenPath: string
  loadScreenVintagePath: string | null
  newEffects: boolean
  newAnimations: boolean
  newRecall: boolean
  newVoice: boolean
  newQuotes: boolean
  voiceActor: string[]
  splashArtist: string[]
}

/** Another colour of a skin. */
export interface Chroma {
  name: string
  id: number
  chromaPath: string
  colors: string[]
  descriptions: { description: string | null; region: string | null }[]
  rarities: { rarity: number | null; region: string | null }[]
}

/** A number of an item. */
export interface ItemStat {
  flat: number
  percent: number
  perLevel: number
  percentPerLevel: number
  percentBase: number
  percentBonus: number
}

/** The numbers of an item. */
export interface ItemStats {
  abilityPower: ItemStat
  armor: ItemStat
  armorPenetration: ItemStat
  attackDamage: ItemStat
  attackSpeed: ItemStat
  cooldownReduction: ItemStat
  criticalStrikeChance: ItemStat
  criticalStrikeDamage?: ItemStat
  goldPer10: ItemStat
  healAndShieldPower: ItemStat
  health: ItemStat
  healthRegen: ItemStat
  lethality: ItemStat
  lifesteal: ItemStat
  magicPenetration: ItemStat
  magicResistance: ItemStat
  mana: ItemStat
  manaRegen: ItemStat
  movespeed: ItemStat
  abilityHaste: ItemStat
  omnivamp: ItemStat
  tenacity: ItemStat
}

/** What an item does by itself. */
export interface ItemPassive {
  unique: boolean
  mythic: boolean
  name: string | null
  effects: string | null
  range: number | null
  cooldown: string | number | null
  stats: ItemStats
}

/** What an item does when it is used. */
export interface ItemActive {
  unique: boolean
  name: string | null
  effects: string | null
  range: number | null
  cooldown: string | number | null
}

/** An item. */
export interface Item {
  name: string
  id: number
  tier: number
  rank: string[] | null
  buildsFrom: number[]
  buildsInto: number[]
  specialRecipe: number
  noEffects: boolean
  removed: boolean
  requiredChampion: string
  requiredAlly: string
  icon: string
  simpleDescription: string | null
  nicknames: string[]
  passives: ItemPassive[]
  active: ItemActive[]
  stats: ItemStats
  shop: {
    prices: { total: number; combined: number; sell: number }
    purchasable: boolean
    tags: string[]
  }
  iconOverlay: boolean
}

/** How often a champion is played in a position, in percent. */
export interface PlayRate {
  playRate: number
}

/** How often a champion is played, by position. */
export interface ChampionRate {
  TOP?: PlayRate
  JUNGLE?: PlayRate
  MIDDLE?: PlayRate
  BOTTOM?: PlayRate
  UTILITY?: PlayRate
}

/** The rates of every champion, by its id. */
export interface ChampionRates {
  data: Record<string, ChampionRate>
  patch: string
}
