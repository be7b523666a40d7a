// The fields of a match participant and of its challenges that the course of the game does not decide, each with the most it usually is.

const PINGS =
  'allInPings:2 assistMePings:5 basicPings:1 commandPings:18 dangerPings:1 enemyMissingPings:12 enemyVisionPings:13 getBackPings:20 ' +
  'holdPings:1 needVisionPings:3 onMyWayPings:30 pushPings:6 retreatPings:10 visionClearedPings:3'

/** Counted in every kind of game. */
const ALWAYS =
  'consumablesPurchased:8 damageSelfMitigated:30000 detectorWardsPlaced:7 itemsPurchased:30 largestCriticalStrike:900 ' +
  'longestTimeSpentLiving:1000 magicDamageDealt:145000 magicDamageTaken:21000 objectivesStolen:1 objectivesStolenAssists:1 ' +
  'physicalDamageDealt:171000 physicalDamageTaken:23000 sightWardsBoughtInGame:1 spell1Casts:400 spell2Casts:170 ' +
  'spell3Casts:163 spell4Casts:60 summoner1Casts:12 summoner2Casts:10 timeCCingOthers:40 totalDamageShieldedOnTeammates:9000 ' +
  'totalHeal:23000 totalHealsOnTeammates:7800 totalTimeCCDealt:900 totalUnitsHealed:5 trueDamageDealt:90000 trueDamageTaken:2400 ' +
  'visionWardsBoughtInGame:8 wardsKilled:13 wardsPlaced:40'

/** Zero nearly always, but there. */
const ZERO =
  'championTransform placement playerAugment1 playerAugment2 playerAugment3 playerAugment4 playerAugment5 playerAugment6 ' +
  'playerSubteamId subteamPlacement unrealKills'

/** What a participant had before challenges and pings were added, without what the game decides. */
export const MODERN_FIELDS: ReadonlySet<string> = new Set([
  ...names(PINGS),
  ...'PlayerScore0 PlayerScore1 PlayerScore2 PlayerScore3 PlayerScore4 PlayerScore5 PlayerScore6 PlayerScore7 PlayerScore8'.split(
    ' ',
  ),
  ...'PlayerScore9 PlayerScore10 PlayerScore11 challenges missions eligibleForProgression riotIdGameName placement'.split(
    ' ',
  ),
  ...'playerAugment1 playerAugment2 playerAugment3 playerAugment4 playerAugment5 playerAugment6 playerSubteamId'.split(
    ' ',
  ),
  ...'subteamPlacement totalAllyJungleMinionsKilled totalEnemyJungleMinionsKilled damageDealtToEpicMonsters'.split(' '),
  ...'championSkinId roleBoundItem bountyLevel'.split(' '),
])

/** Name and usual maximum of each counted field. */
export const PARTICIPANT_COUNTS: readonly (readonly [string, number])[] = [...pairs(PINGS), ...pairs(ALWAYS)]
export const PARTICIPANT_ZEROS: readonly string[] = ZERO.split(' ')

const CHALLENGE_COUNTS =
  '12AssistStreakCount:1 InfernalScalePickup:18 SWARM_DefeatAatrox:0 SWARM_DefeatBriar:0 SWARM_DefeatMiniBosses:0 ' +
  'SWARM_EvolveWeapon:0 SWARM_Have3Passives:0 SWARM_KillEnemy:0 SWARM_PickupGold:0 SWARM_ReachLevel50:0 SWARM_Survive15Min:0 ' +
  'SWARM_WinWith5EvolvedWeapons:0 abilityUses:600 acesBefore15Minutes:1 blastConeOppositeOpponentCount:1 buffsStolen:4 ' +
  'completeSupportQuestInTime:1 dancedWithRiftHerald:0 dodgeSkillShotsSmallWindow:7 doubleAces:0 ' +
  'elderDragonKillsWithOpposingSoul:0 elderDragonMultikills:0 enemyChampionImmobilizations:44 epicMonsterKillsNearEnemyJungler:1 ' +
  'epicMonsterKillsWithin30SecondsOfSpawn:1 epicMonsterSteals:1 epicMonsterStolenWithoutSmite:0 fistBumpParticipation:1 ' +
  'flawlessAces:1 fullTeamTakedown:1 getTakedownsInAllLanesEarlyJungleAsLaner:1 hadOpenNexus:1 immobilizeAndKillWithAlly:9 ' +
  'initialBuffCount:2 initialCrabCount:2 junglerTakedownsNearDamagedEpicMonster:1 kTurretsDestroyedBeforePlatesFall:1 ' +
  'killAfterHiddenWithAlly:3 killedChampTookFullTeamDamageSurvived:1 killsNearEnemyTurret:6 killsOnOtherLanesEarlyJungleAsLaner:2 ' +
  'killsOnRecentlyHealedByAramPack:0 killsUnderOwnTurret:3 killsWithHelpFromEpicMonster:1 knockEnemyIntoTeamAndKill:7 ' +
  'landSkillShotsEarlyGame:40 laneMinionsFirst10Minutes:85 legendaryCount:1 lostAnInhibitor:1 maxCsAdvantageOnLaneOpponent:50 ' +
  'maxKillDeficit:0 maxLevelLeadLaneOpponent:3 mejaisFullStackInTime:0 multiKillOneSpell:1 multiTurretRiftHeraldCount:0 ' +
  'multikillsAfterAggressiveFlash:1 outerTurretExecutesBefore10Minutes:0 outnumberedKills:3 outnumberedNexusKill:0 ' +
  'perfectDragonSoulsTaken:1 pickKillWithAlly:20 poroExplosions:0 quickCleanse:1 quickFirstTurret:1 quickSoloKills:1 ' +
  'saveAllyFromDeath:2 scuttleCrabKills:5 skillshotsDodged:70 skillshotsHit:120 snowballsHit:0 soloKills:5 stealthWardsPlaced:30 ' +
  'survivedSingleDigitHpCount:1 survivedThreeImmobilizesInFight:8 takedownOnFirstTurret:1 takedownsAfterGainingLevelAdvantage:1 ' +
  'takedownsBeforeJungleMinionSpawn:1 takedownsFirstXMinutes:11 takedownsInAlcove:1 takedownsInEnemyFountain:1 ' +
  'tookLargeDamageSurvived:1 turretsTakenWithRiftHerald:3 twentyMinionsIn3SecondsCount:1 twoWardsOneSweeperCount:1 ' +
  'unseenRecalls:0 voidMonsterKill:4 wardTakedowns:13 wardTakedownsBefore20M:10 wardsGuarded:2'

const CHALLENGE_FRACTIONS =
  'HealFromMapSources:1000 alliedJungleMonsterKills:75 bountyGold:600 effectiveHealAndShielding:8000 enemyJungleMonsterKills:19 ' +
  'jungleCsBefore10Minutes:80 moreEnemyJungleThanOpponent:50 visionScoreAdvantageLaneOpponent:1'

/** Present in some games only, each with the most it usually is. */
const CHALLENGE_RARE =
  'baronBuffGoldAdvantageOverThreshold:1 earliestDragonTakedown:1300 fasterSupportQuestCompletion:1 fastestLegendary:1500 ' +
  'firstTurretKilledTime:960 hadAfkTeammate:1 highestChampionDamage:1 highestCrowdControlScore:1 highestWardKills:1 ' +
  'junglerKillsEarlyJungle:2 killsOnLanersEarlyJungleAsJungler:2 mostWardsDestroyedOneSweeper:4 mythicItemUsed:1 ' +
  'playedChampSelectPosition:1 shortestTimeToAceFromFirstTakedown:14 soloTurretsLategame:3 teleportTakedowns:4 ' +
  'thirdInhibitorDestroyedTime:1700 threeWardsOneSweeperCount:1 controlWardTimeCoverageInRiverOrEnemyHalf:1 earliestBaron:1600 ' +
  'earliestElderDragon:2000 earlyLaningPhaseGoldExpAdvantage:1 laningPhaseGoldExpAdvantage:1'

export const CHALLENGE_COUNT_FIELDS: readonly (readonly [string, number])[] = pairs(CHALLENGE_COUNTS)
export const CHALLENGE_FRACTION_FIELDS: readonly (readonly [string, number])[] = pairs(CHALLENGE_FRACTIONS)
export const CHALLENGE_RARE_FIELDS: readonly (readonly [string, number])[] = pairs(CHALLENGE_RARE)
/** Rare fields that are not whole numbers. */
export const CHALLENGE_RARE_FRACTIONS: ReadonlySet<string> = new Set(
  (
    'earliestDragonTakedown fastestLegendary firstTurretKilledTime shortestTimeToAceFromFirstTakedown earliestBaron ' +
    'thirdInhibitorDestroyedTime controlWardTimeCoverageInRiverOrEnemyHalf earliestElderDragon'
  ).split(' '),
)

function pairs(table: string): [string, number][] {
  return table.split(' ').map((entry) => {
    const [name, most] = entry.split(':') as [string, string]
    return [name, Number(most)]
  })
}

function names(table: string): string[] {
  return pairs(table).map(([name]) => name)
}
