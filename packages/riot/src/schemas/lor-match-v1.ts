// Riot's lor-match-v1: the names are exactly the wire's.

/** InfoDto of lor-match-v1: what getMatch answers with. */
export interface InfoDto {
  game_mode: 'Constructed' | 'Expeditions' | 'Tutorial' | (string & {})
  game_type: 'Ranked' | 'Normal' | 'AI' | 'Tutorial' | 'VanillaTrial' | 'Singleton' | 'StandardGauntlet' | (string & {})
  game_start_time_utc: string
  game_version: string
  game_format: 'standard' | 'eternal' | (string & {})
  players: PlayerDto[]
  total_turn_count: number
}

/** MatchDto of lor-match-v1: what getMatch answers with. */
export interface MatchDto {
  metadata: MetadataDto
  info: InfoDto
}

/** MetadataDto of lor-match-v1: what getMatch answers with. */
export interface MetadataDto {
  data_version: string
  match_id: string
  participants: string[]
}

/** PlayerDto of lor-match-v1: what getMatch answers with. */
export interface PlayerDto {
  puuid: string
  deck_id: string
  deck_code: string
  factions: string[]
  game_outcome: string
  order_of_play: number
}
