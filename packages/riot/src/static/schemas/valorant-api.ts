// valorant-api.com: the names are exactly the wire's. Times are ISO 8601; pictures are URLs.

/** What every answer is wrapped in. The client's methods give the `data`. */
export interface Answer<T> {
  status: number
  data: T
}

/** An agent. */
export interface Agent {
  uuid: string
  displayName: string
  description: string
  developerName: string
  releaseDate?: string
  characterTags: string[] | null
  displayIcon: string
  displayIconSmall: string | null
  bustPortrait: string | null
  fullPortrait: string | null
  fullPortraitV2: string | null
  killfeedPortrait: string
  minimapPortrait?: string | null
  homeScreenPromoTileImage?: string | null
  background: string | null
  /** Hexadecimal RGBA. */
  backgroundGradientColors: string[]
  assetPath: string
  isFullPortraitRightFacing: boolean
  isPlayableCharacter: boolean
  isAvailableForTest: boolean
  isBaseContent: boolean
  role: AgentRole | null
  recruitmentData: AgentRecruitment | null
  abilities: AgentAbility[]
  voiceLine: AgentVoiceLine | null
}

/** What an agent is for. */
export interface AgentRole {
  uuid: string
  displayName: string
  description: string
  displayIcon: string | null
  assetPath: string
}

/** How a new agent is won. */
export interface AgentRecruitment {
  counterId: string
  milestoneId: string
  milestoneThreshold: number
  useLevelVpCostOverride: boolean
  levelVpCostOverride: number
  startDate: string
  endDate: string
}

/** `Ability1`, `Ability2`, `Grenade`, `Ultimate` or `Passive`. */
export interface AgentAbility {
  slot: string
  displayName: string
  description: string
  displayIcon: string | null
}

/** What an agent says when it is chosen. */
export interface AgentVoiceLine {
  minDuration: number
  maxDuration: number
  mediaList: { id: number; wwise: string; wave: string }[]
}

/** A gun buddy. */
export interface Buddy {
  uuid: string
  displayName: string
  isHiddenIfNotOwned: boolean
  themeUuid: string | null
  displayIcon: string
  assetPath: string
  levels: BuddyLevel[]
}

/** A level of a gun buddy. */
export interface BuddyLevel {
  uuid: string
  charmLevel: number
  hideIfNotOwned?: boolean
  displayName: string
  displayIcon: string
  assetPath: string
}

/** A bundle of the store. */
export interface Bundle {
  uuid: string
  displayName: string
  displayNameSubText: string | null
  description: string
  extraDescription: string | null
  promoDescription: string | null
  useAdditionalContext: boolean
  displayIcon: string
  displayIcon2: string
  logoIcon?: string | null
  verticalPromoImage: string | null
  assetPath: string
}

/** A ceremony, such as an ace. */
export interface Ceremony {
  uuid: string
  displayName: string
  assetPath: string
}

/** The ranks as they were in one episode. */
export interface CompetitiveTier {
  uuid: string
  assetObjectName: string
  tiers: CompetitiveRank[]
  assetPath: string
}

/** A rank. */
export interface CompetitiveRank {
  tier: number
  tierName: string
  division: string
  divisionName: string
  color: string
  backgroundColor: string
  smallIcon: string | null
  largeIcon: string | null
  rankTriangleDownIcon: string | null
  rankTriangleUpIcon: string | null
}

/** How precious a skin is. */
export interface ContentTier {
  uuid: string
  displayName: string
  devName: string
  rank: number
  juiceValue: number
  juiceCost: number
  highlightColor: string
  displayIcon: string
  assetPath: string
}

/** A contract: of an agent, an event or a season. */
export interface Contract {
  uuid: string
  displayName: string
  displayIcon: string | null
  shipIt: boolean
  useLevelVPCostOverride?: boolean
  levelVPCostOverride?: number
  freeRewardScheduleUuid: string
  content: ContractContent
  assetPath: string
}

/** What a contract is for, and what it gives. */
export interface ContractContent {
  relationType: string | null
  relationUuid: string | null
  chapters: ContractChapter[]
  premiumRewardScheduleUuid: string | null
  premiumVPCost: number
}

/** A chapter of a contract. */
export interface ContractChapter {
  isEpilogue: boolean
  levels: ContractLevel[]
  freeRewards: ContractReward[] | null
}

/** A level of a contract. */
export interface ContractLevel {
  reward: ContractReward
  xp: number
  vpCost: number
  isPurchasableWithVP: boolean
  doughCost?: number
  isPurchasableWithDough?: boolean
}

/** A reward of a contract. */
export interface ContractReward {
  type: string
  uuid: string
  amount: number
  isHighlighted: boolean
}

/** A currency. */
export interface Currency {
  uuid: string
  displayName: string
  displayNameSingular: string
  displayIcon: string
  largeIcon: string | null
  rewardPreviewIcon?: string | null
  assetPath: string
}

/** An event. */
export interface Event {
  uuid: string
  displayName: string
  shortDisplayName: string
  startTime: string
  endTime: string
  assetPath: string
}

/** A game mode. */
export interface GameMode {
  uuid: string
  displayName: string
  description?: string | null
  duration: string | null
  economyType?: string | null
  allowsMatchTimeouts: boolean
  allowsCustomGameReplays?: boolean
  isTeamVoiceAllowed: boolean
  isMinimapHidden: boolean
  orbCount: number
  roundsPerHalf: number
  teamRoles: string[] | null
  gameFeatureOverrides: { featureName: string; state: boolean }[] | null
  gameRuleBoolOverrides: { ruleName: string; state: boolean }[] | null
  displayIcon: string | null
  listViewIconTall?: string | null
  assetPath: string
}

/** Armour. */
export interface Gear {
  uuid: string
  displayName: string
  description: string
  displayIcon: string
  assetPath: string
  shopData: ShopData
}

/** Where something stands in the shop of a round. */
export interface ShopData {
  cost: number
  category: string
  shopOrderPriority?: number
  categoryText: string
  gridPosition: { row: number; column: number } | null
  canBeTrashed: boolean
  image: string | null
  newImage: string | null
  newImage2: string | null
  assetPath: string
}

/** A map. */
export interface Map {
  uuid: string
  displayName: string
  narrativeDescription?: string | null
  tacticalDescription?: string | null
  coordinates: string | null
  displayIcon: string | null
  listViewIcon: string
  listViewIconTall?: string | null
  splash: string
  stylizedBackgroundImage?: string | null
  premierBackgroundImage?: string | null
  assetPath: string
  /** What matches name the map by. */
  mapUrl: string
  xMultiplier: number
  yMultiplier: number
  xScalarToAdd: number
  yScalarToAdd: number
  callouts: MapCallout[] | null
}

/** What a place of a map is called. */
export interface MapCallout {
  regionName: string
  superRegionName: string
  location: { x: number; y: number }
}

/** A player card. */
export interface PlayerCard {
  uuid: string
  displayName: string
  isHiddenIfNotOwned: boolean
  themeUuid: string | null
  displayIcon: string
  smallArt: string
  wideArt: string
  largeArt: string | null
  assetPath: string
}

/** A player title. */
export interface PlayerTitle {
  uuid: string
  displayName: string | null
  titleText: string | null
  isHiddenIfNotOwned: boolean
  assetPath: string
}

/** An act or an episode. */
export interface Season {
  uuid: string
  displayName: string
  title?: string | null
  type: string | null
  startTime: string
  endTime: string
  parentUuid: string | null
  assetPath: string
}

/** A spray. */
export interface Spray {
  uuid: string
  displayName: string
  category: string | null
  themeUuid: string | null
  isNullSpray?: boolean
  hideIfNotOwned?: boolean
  displayIcon: string
  fullIcon: string | null
  fullTransparentIcon: string | null
  animationPng: string | null
  animationGif: string | null
  assetPath: string
  levels: SprayLevel[]
}

/** A level of a spray. */
export interface SprayLevel {
  uuid: string
  sprayLevel: number
  displayName: string
  displayIcon: string | null
  assetPath: string
}

/** What skins, cards and sprays of one kind have in common. */
export interface Theme {
  uuid: string
  displayName: string
  displayIcon: string | null
  storeFeaturedImage: string | null
  assetPath: string
}

/** A weapon. */
export interface Weapon {
  uuid: string
  displayName: string
  category: string
  defaultSkinUuid: string
  displayIcon: string
  killStreamIcon: string
  assetPath: string
  /** `null` for the knife. */
  weaponStats: WeaponStats | null
  /** `null` for what is not sold. */
  shopData: ShopData | null
  skins: WeaponSkin[]
}

/** The numbers of a weapon. */
export interface WeaponStats {
  fireRate: number
  magazineSize: number
  runSpeedMultiplier: number
  equipTimeSeconds: number
  reloadTimeSeconds: number
  firstBulletAccuracy: number
  shotgunPelletCount: number
  wallPenetration: string
  feature: string | null
  fireMode: string | null
  altFireType: string | null
  adsStats: WeaponAdsStats | null
  altShotgunStats: { shotgunPelletCount: number; burstRate: number } | null
  airBurstStats: { shotgunPelletCount: number; burstDistance: number } | null
  damageRanges: WeaponDamageRange[]
}

/** The numbers of a weapon while its sights are used. */
export interface WeaponAdsStats {
  zoomMultiplier: number
  fireRate: number
  runSpeedMultiplier: number
  burstCount: number
  firstBulletAccuracy: number
}

/** The damage of a hit by distance. */
export interface WeaponDamageRange {
  rangeStartMeters: number
  rangeEndMeters: number
  headDamage: number
  bodyDamage: number
  legDamage: number
}

/** A skin of a weapon. */
export interface WeaponSkin {
  uuid: string
  displayName: string
  themeUuid: string
  contentTierUuid?: string | null
  displayIcon: string | null
  wallpaper?: string | null
  assetPath: string
  chromas: WeaponSkinChroma[]
  levels: WeaponSkinLevel[]
}

/** Another colour of a skin. */
export interface WeaponSkinChroma {
  uuid: string
  displayName: string
  displayIcon: string | null
  fullRender: string
  swatch: string | null
  streamedVideo: string | null
  assetPath: string
}

/** A level of a skin. */
export interface WeaponSkinLevel {
  uuid: string
  displayName: string | null
  levelItem: string | null
  displayIcon: string | null
  streamedVideo: string | null
  assetPath: string
}

/** Which build of the game the data are of. */
export interface Version {
  manifestId: string
  branch: string
  version: string
  buildVersion: string
  engineVersion?: string
  riotClientVersion: string
  riotClientBuild?: string
  buildDate: string
}
