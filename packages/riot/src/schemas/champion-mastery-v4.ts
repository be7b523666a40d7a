// Riot's champion-mastery-v4: the names are exactly the wire's.

/** ChampionMasteryDto of champion-mastery-v4: what getAllChampionMasteriesByPUUID, getChampionMasteryByPUUID, getTopChampionMasteriesByPUUID answers with. */
export interface ChampionMasteryDto {
  puuid?: string
  championPointsUntilNextLevel: number
  chestGranted?: boolean
  championId: number
  lastPlayTime: number
  championLevel: number
  championPoints: number
  championPointsSinceLastLevel: number
  markRequiredForNextLevel?: number
  championSeasonMilestone?: number
  nextSeasonMilestone?: NextSeasonMilestonesDto
  tokensEarned: number
  milestoneGrades?: string[]
  /** In responses from before mid-2025 only. */
  summonerId?: string
}

/** NextSeasonMilestonesDto of champion-mastery-v4: what getAllChampionMasteriesByPUUID, getChampionMasteryByPUUID, getTopChampionMasteriesByPUUID answers with. */
export interface NextSeasonMilestonesDto {
  requireGradeCounts: Record<string, number>
  rewardMarks: number
  bonus: boolean
  rewardConfig?: RewardConfigDto
  totalGamesRequires: number
}

/** RewardConfigDto of champion-mastery-v4: what getAllChampionMasteriesByPUUID, getChampionMasteryByPUUID, getTopChampionMasteriesByPUUID answers with. */
export interface RewardConfigDto {
  rewardValue: string
  rewardType: string
  maximumReward: number
}
