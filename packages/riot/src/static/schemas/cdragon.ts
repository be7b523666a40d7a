// CommunityDragon's files: the names are exactly the wire's. Paths of assets are as the game knows them; `cdragonAssetUrl` makes URLs of them.

/** A row of `champion-summary.json`. The first has the id -1 and stands for "none". */
export interface ChampionSummary {
  id: number
  name: string
  alias: string
  contentId?: string
  description?: string
  squarePortraitPath: string
  roles: string[]
}

/** A champion with its skins and spells. */
export interface Champion {
  id: number
  name: string
  alias: string
  title: string
  shortBio: string
  tacticalInfo: ChampionTacticalInfo
  playstyleInfo: ChampionPlaystyleInfo
  championTagInfo?: ChampionTagInfo
  squarePortraitPath: string
  stingerSfxPath: string
  chooseVoPath: string
  banVoPath: string
  roles: string[]
  recommendedItemDefaults: number[]
  skins: ChampionSkin[]
  passive: ChampionPassive
  spells: ChampionSpell[]
}

/** How a champion fights. */
export interface ChampionTacticalInfo {
  style: number
  difficulty: number
  damageType: string
  attackType?: string
}

/** From 0 to 3 each. */
export interface ChampionPlaystyleInfo {
  damage: number
  durability: number
  crowdControl: number
  mobility: number
  utility: number
}

/** The client's two tags of a champion. */
export interface ChampionTagInfo {
  championTagPrimary: string
  championTagSecondary: string
}

/** A skin of a champion. */
export interface ChampionSkin {
  id: number
  isBase: boolean
  name: string
  contentId?: string
  splashPath: string
  uncenteredSplashPath: string
  tilePath: string
  loadScreenPath: string
  loadScreenVintagePath?: string
  skinType: string
  rarity: string
  isLegacy: boolean
  splashVideoPath: string | null
  previewVideoUrl?: string | null
  collectionSplashVideoPath: string | null
  collectionCardHoverVideoPath?: string | null
  featuresText: string | null
  chromaPath: string | null
  emblems: ChampionSkinEmblem[] | null
  regionRarityId: number
  rarityGemPath: string | null
  skinLines: ChampionSkinLine[] | null
  skinAugments?: unknown
  description: string | null
  chromas?: ChampionSkinChroma[]
  questSkinInfo?: ChampionQuestSkin
}

/** A mark on a skin's picture. */
export interface ChampionSkinEmblem {
  name: string
  emblemPath: { large: string; small: string }
  positions?: { horizontal: string; vertical: string }
}

/** The line that a skin belongs to. */
export interface ChampionSkinLine {
  id: number
}

/** Another colour of a skin. */
export interface ChampionSkinChroma {
  id: number
  name: string
  contentId?: string
  skinClassification?: string
  chromaPath: string
  tilePath?: string
  colors: string[]
  descriptions: { region: string; description: string }[]
  description?: string
  rarities: { region: string; rarity: number }[]
}

/** A skin that grows through tiers. */
export interface ChampionQuestSkin {
  name: string
  productType: string
  collectionDescription: string
  descriptionInfo: unknown[]
  splashPath: string
  uncenteredSplashPath: string
  tilePath: string
  collectionCardPath: string
  tiers: (Partial<ChampionSkin> & { id: number; name: string; stage: number; description: string })[]
}

/** What a champion always has. */
export interface ChampionPassive {
  name: string
  abilityIconPath: string
  abilityVideoPath: string
  abilityVideoImagePath: string
  description: string
}

/** A spell of a champion. */
export interface ChampionSpell {
  /** `q`, `w`, `e` or `r`. */
  spellKey: string
  name: string
  abilityIconPath: string
  abilityVideoPath: string
  abilityVideoImagePath: string
  cost: string
  cooldown: string
  description: string
  dynamicDescription: string
  range: number[]
  costCoefficients: number[]
  cooldownCoefficients: number[]
  coefficients: { coefficient1: number; coefficient2: number }
  effectAmounts: Record<string, number[]>
  ammo: { ammoRechargeTime: number[]; maxAmmo: number[] }
  maxLevel: number
}

/** An entry of a champion's `.bin.json`: whatever the game's own files hold, under their paths or hashes. */
export interface ChampionBinValue {
  __type?: string
  [name: string]: unknown
}

/** An item of the shop. */
export interface Item {
  id: number
  name: string
  description: string
  active: boolean
  inStore: boolean
  from: number[]
  to: number[]
  categories: string[]
  maxStacks: number
  requiredChampion: string
  requiredAlly: string
  requiredBuffCurrencyName: string
  requiredBuffCurrencyCost: number
  specialRecipe: number
  isEnchantment: boolean
  price: number
  priceTotal: number
  displayInItemSets?: boolean
  iconPath: string
}

/** A rune. */
export interface Perk {
  id: number
  name: string
  majorChangePatchVersion: string
  tooltip: string
  shortDesc: string
  longDesc: string
  recommendationDescriptor: string
  iconPath: string
  endOfGameStatDescs: string[]
  /** Such as `kBurstDamage`, `kHealing`, `kMoveSpeed`. */
  recommendationDescriptorAttributes: Record<string, number>
}

/** `perkstyles.json`. */
export interface PerkStyles {
  schemaVersion: number
  styles: PerkStyle[]
}

/** A tree of runes. */
export interface PerkStyle {
  id: number
  name: string
  tooltip: string
  iconPath: string
  assetMap: Record<string, string>
  isAdvanced: boolean
  allowedSubStyles: number[]
  subStyleBonus: { styleId: number; perkId: number }[]
  slots: { type: string; slotLabel: string; perks: number[] }[]
  defaultPageName: string
  defaultSubStyle: number
  defaultPerks: number[]
  defaultPerksWhenSplashed: number[]
  defaultStatModsPerSubStyle: { id: string; perks: number[] }[]
}

/** A summoner spell. */
export interface SummonerSpell {
  id: number
  name: string
  description: string
  summonerLevel: number
  cooldown: number
  gameModes: string[]
  iconPath: string
}

/** A profile icon. */
export interface ProfileIcon {
  id: number
  iconPath?: string
  title?: string
}

/** Which build of the game the files are of: `version` changes with each. */
export interface ContentMetadata {
  version: string
}

/** Everything of Teamfight Tactics. */
export interface TftData {
  items: TftItem[]
  /** Every set in each of its modes. */
  setData: TftSetData[]
  /** The sets by their number. */
  sets: Record<string, TftSet>
}

/** An item, augment or consumable. */
export interface TftItem {
  apiName: string
  associatedTraits: string[]
  /** The `apiName` of what it is made of. */
  composition: string[]
  desc: string | null
  effects: Record<string, number | string | null>
  from: number[] | null
  icon: string | null
  id: number | null
  incompatibleTraits: string[]
  name: string | null
  tags: string[]
  unique: boolean
}

/** A set. */
export interface TftSet {
  name: string
  champions: TftChampion[]
  traits: TftTrait[]
}

/** A set in one of its modes. */
export interface TftSetData extends TftSet {
  number: number
  mutator: string
  /** The `apiName` of each. */
  augments: string[]
  /** The `apiName` of each. */
  items: string[]
}

/** A champion of a set. */
export interface TftChampion {
  ability: TftAbility
  apiName: string
  characterName: string
  cost: number
  icon: string | null
  name: string | null
  role: string | null
  squareIcon: string | null
  stats: TftChampionStats
  tileIcon: string | null
  traits: string[]
}

/** What a champion does with its mana. */
export interface TftAbility {
  desc: string | null
  icon: string | null
  name: string | null
  variables: { name: string; value: number[] | null }[]
}

/** Of one star. */
export interface TftChampionStats {
  armor: number | null
  attackSpeed: number | null
  critChance: number | null
  critMultiplier: number | null
  damage: number | null
  hp: number | null
  initialMana: number
  magicResist: number | null
  mana: number
  range: number
}

/** A trait of a set. */
export interface TftTrait {
  apiName: string
  desc: string | null
  effects: TftTraitEffect[]
  icon: string | null
  name: string | null
}

/** What a trait gives from `minUnits` on. */
export interface TftTraitEffect {
  minUnits: number | null
  maxUnits: number
  style: number
  variables: Record<string, number | string | null>
}
