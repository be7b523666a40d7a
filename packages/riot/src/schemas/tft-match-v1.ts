// Riot's tft-match-v1: the names are exactly the wire's.

/** CompanionDto of tft-match-v1: what getMatch answers with. */
export interface CompanionDto {
  content_ID: string
  item_ID: number
  skin_ID: number
  species: string
}

/** InfoDto of tft-match-v1: what getMatch answers with. */
export interface InfoDto {
  endOfGameResult?: string
  gameCreation?: number
  gameId?: number
  game_datetime: number
  game_length: number
  game_version: string
  game_variation?: string
  mapId?: number
  participants: ParticipantDto[]
  queue_id: number
  queueId?: number
  tft_game_type?: string
  tft_set_core_name?: string
  tft_set_number: number
}

/** MatchDto of tft-match-v1: what getMatch answers with. */
export interface MatchDto {
  metadata: MetadataDto
  info: InfoDto
}

/** MetadataDto of tft-match-v1: what getMatch answers with. */
export interface MetadataDto {
  data_version: string
  match_id: string
  participants: string[]
}

/** ParticipantDto of tft-match-v1: what getMatch answers with. */
export interface ParticipantDto {
  companion: CompanionDto
  gold_left: number
  last_round: number
  level: number
  placement: number
  players_eliminated: number
  puuid: string
  riotIdGameName?: string
  riotIdTagline?: string
  time_eliminated: number
  total_damage_to_players: number
  traits: TraitDto[]
  units: UnitDto[]
  win?: boolean
  augments?: string[]
  partner_group_id?: number
  missions?: ParticipantMissionsDto
  skill_tree?: Record<string, number>
  pve_score?: number
  pve_wonrun?: boolean
}

/** ParticipantMissionsDto of tft-match-v1: what getMatch answers with. */
export interface ParticipantMissionsDto {
  Assists?: number
  DamageDealt?: number
  DamageDealtToObjectives?: number
  DamageDealtToTurrets?: number
  DamageTaken?: number
  DoubleKills?: number
  GoldEarned?: number
  GoldSpent?: number
  InhibitorsDestroyed?: number
  Kills?: number
  LargestKillingSpree?: number
  LargestMultiKill?: number
  MagicDamageDealt?: number
  MagicDamageDealtToChampions?: number
  NeutralMinionsKilledTeamJungle?: number
  PhysicalDamageDealt?: number
  PhysicalDamageTaken?: number
  PlayerScore0?: number
  PlayerScore1?: number
  PlayerScore2?: number
  PlayerScore3?: number
  PlayerScore4?: number
  PlayerScore5?: number
  PlayerScore6?: number
  PlayerScore9?: number
  PlayerScore10?: number
  PlayerScore11?: number
  QuadraKills?: number
  Spell1Casts?: number
  Spell2Casts?: number
  Spell3Casts?: number
  Spell4Casts?: number
  SummonerSpell1Casts?: number
  TimeCCOthers?: number
  TotalMinionsKilled?: number
  TrueDamageDealtToChampions?: number
  UnrealKills?: number
  VisionScore?: number
  WardsKilled?: number
  Deaths?: number
  KillingSprees?: number
  MagicDamageTaken?: number
  PentaKills?: number
  PhysicalDamageDealtToChampions?: number
  TotalDamageDealtToChampions?: number
  TripleKills?: number
  TrueDamageDealt?: number
  TrueDamageTaken?: number
}

/** TraitDto of tft-match-v1: what getMatch answers with. */
export interface TraitDto {
  name: string
  num_units: number
  style?: number
  tier_current: number
  tier_total?: number
}

/** UnitDto of tft-match-v1: what getMatch answers with. */
export interface UnitDto {
  items?: number[]
  character_id: string
  itemNames?: string[]
  chosen?: string
  name: string
  rarity: number
  tier: number
}
