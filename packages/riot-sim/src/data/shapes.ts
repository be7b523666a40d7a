/**
 * The shapes of requests and responses: one string per object, `name:type` per field, `name?` where it may be missing.
 * Types are `string`, `boolean`, `int32`, `int64`, `float`, `double`, `unknown`, another shape of the same service,
 * `=A|B` for a closed list of words, each with `[]` for an array, or `map<key,value>`. Facts of the API, no text of it.
 */
export const SHAPES: Readonly<Record<string, string>> = {
  'account-v1.AccountDto': 'puuid:string gameName?:string tagLine?:string',
  'account-v1.AccountRegionDTO': 'puuid:string game:string region:string',
  'account-v1.ActiveShardDto': 'puuid:string game:string activeShard:string',
  'champion-mastery-v4.ChampionMasteryDto':
    'puuid:string championPointsUntilNextLevel:int64 chestGranted?:boolean championId:int64 lastPlayTime:int64 championLevel:int32 championPoints:int32 championPointsSinceLastLevel:int64 markRequiredForNextLevel:int32 championSeasonMilestone:int32 nextSeasonMilestone:NextSeasonMilestonesDto tokensEarned:int32 milestoneGrades?:string[]',
  'champion-mastery-v4.NextSeasonMilestonesDto':
    'requireGradeCounts:map<string,int32> rewardMarks:int32 bonus:boolean rewardConfig?:RewardConfigDto totalGamesRequires:int32',
  'champion-mastery-v4.RewardConfigDto': 'rewardValue:string rewardType:string maximumReward:int32',
  'champion-v3.ChampionInfo': 'maxNewPlayerLevel:int32 freeChampionIdsForNewPlayers:int32[] freeChampionIds:int32[]',
  'clash-v1.PlayerDto':
    'puuid:string teamId?:string position:=UNSELECTED|FILL|TOP|JUNGLE|MIDDLE|BOTTOM|UTILITY role:=CAPTAIN|MEMBER',
  'clash-v1.TeamDto':
    'id:string tournamentId:int32 name:string iconId:int32 tier:int32 captain:string abbreviation:string players:PlayerDto[]',
  'clash-v1.TournamentDto':
    'id:int32 themeId:int32 nameKey:string nameKeySecondary:string schedule:TournamentPhaseDto[]',
  'clash-v1.TournamentPhaseDto': 'id:int32 registrationTime:int64 startTime:int64 cancelled:boolean',
  'league-exp-v4.LeagueEntryDTO':
    'leagueId:string summonerId?:string puuid:string queueType:string tier:string rank:string leaguePoints:int32 wins:int32 losses:int32 hotStreak:boolean veteran:boolean freshBlood:boolean inactive:boolean miniSeries?:MiniSeriesDTO',
  'league-exp-v4.MiniSeriesDTO': 'losses:int32 progress:string target:int32 wins:int32',
  'league-v4.LeagueEntryDTO':
    'leagueId?:string puuid:string queueType:string tier?:string rank?:string leaguePoints:int32 wins:int32 losses:int32 hotStreak:boolean veteran:boolean freshBlood:boolean inactive:boolean miniSeries?:MiniSeriesDTO summonerId?:string',
  'league-v4.LeagueItemDTO':
    'freshBlood:boolean wins:int32 miniSeries?:MiniSeriesDTO inactive:boolean veteran:boolean hotStreak:boolean rank:string leaguePoints:int32 losses:int32 puuid:string summonerId?:string',
  'league-v4.LeagueListDTO': 'leagueId?:string entries:LeagueItemDTO[] tier:string name?:string queue?:string',
  'league-v4.MiniSeriesDTO': 'losses:int32 progress:string target:int32 wins:int32',
  'lol-challenges-v1.ApexPlayerInfoDto': 'puuid:string value:double position:int32',
  'lol-challenges-v1.ChallengeConfigInfoDto':
    'id:int64 localizedNames:map<string,map<string,string>> state:=DISABLED|HIDDEN|ENABLED|ARCHIVED tracking?:=LIFETIME|SEASON startTimestamp?:int64 endTimestamp?:int64 leaderboard:boolean thresholds:map<string,double>',
  'lol-challenges-v1.ChallengeInfoDto':
    'percentile:double playersInLevel?:int32 achievedTime?:int64 value:double challengeId:int64 level:=NONE|IRON|BRONZE|SILVER|GOLD|PLATINUM|DIAMOND|MASTER|GRANDMASTER|CHALLENGER|HIGHEST_NOT_LEADERBOARD_ONLY|HIGHEST|LOWEST position?:int32',
  'lol-challenges-v1.ChallengePointDto': 'level:string current:int64 max:int64 percentile?:double position?:int64',
  'lol-challenges-v1.PlayerClientPreferencesDto':
    'bannerAccent?:string title?:string challengeIds?:int64[] crestBorder?:string prestigeCrestBorderLevel?:int32',
  'lol-challenges-v1.PlayerInfoDto':
    'challenges:ChallengeInfoDto[] preferences:PlayerClientPreferencesDto totalPoints:ChallengePointDto categoryPoints:map<string,ChallengePointDto>',
  'lol-status-v4.ContentDto': 'locale:string content:string',
  'lol-status-v4.PlatformDataDto':
    'id:string name:string locales:string[] maintenances:StatusDto[] incidents:StatusDto[]',
  'lol-status-v4.StatusDto':
    'id:int32 maintenance_status?:=scheduled|in_progress|complete incident_severity?:=info|warning|critical titles:ContentDto[] updates:UpdateDto[] created_at:string archive_at?:string updated_at?:string platforms:=windows|macos|android|ios|ps4|xbone|switch[]',
  'lol-status-v4.UpdateDto':
    'id:int32 author:string publish:boolean publish_locations:=riotclient|riotstatus|game[] translations:ContentDto[] created_at:string updated_at:string',
  'lor-deck-v1.DeckDto': 'id:string name:string code:string',
  'lor-deck-v1.NewDeckDto': 'name:string code:string',
  'lor-inventory-v1.CardDto': 'code:string count:string',
  'lor-match-v1.InfoDto':
    'game_mode:=Constructed|Expeditions|Tutorial game_type:=Ranked|Normal|AI|Tutorial|VanillaTrial|Singleton|StandardGauntlet game_start_time_utc:string game_version:string game_format:=standard|eternal players:PlayerDto[] total_turn_count:int32',
  'lor-match-v1.MatchDto': 'metadata:MetadataDto info:InfoDto',
  'lor-match-v1.MetadataDto': 'data_version:string match_id:string participants:string[]',
  'lor-match-v1.PlayerDto':
    'puuid:string deck_id:string deck_code:string factions:string[] game_outcome:string order_of_play:int32',
  'lor-ranked-v1.LeaderboardDto': 'players:PlayerDto[]',
  'lor-ranked-v1.PlayerDto': 'name:string rank:int32 lp:int32',
  'lor-status-v1.ContentDto': 'locale:string content:string',
  'lor-status-v1.PlatformDataDto':
    'id:string name:string locales:string[] maintenances:StatusDto[] incidents:StatusDto[]',
  'lor-status-v1.StatusDto':
    'id:int32 maintenance_status:=scheduled|in_progress|complete incident_severity:=info|warning|critical titles:ContentDto[] updates:UpdateDto[] created_at:string archive_at:string updated_at:string platforms:=windows|macos|android|ios|ps4|xbone|switch[]',
  'lor-status-v1.UpdateDto':
    'id:int32 author:string publish:boolean publish_locations:=riotclient|riotstatus|game[] translations:ContentDto[] created_at:string updated_at:string',
  'match-v5.BanDto': 'championId:int32 pickTurn:int32',
  'match-v5.ChallengesDto':
    '12AssistStreakCount?:int32 baronBuffGoldAdvantageOverThreshold?:int32 controlWardTimeCoverageInRiverOrEnemyHalf?:float earliestBaron?:double earliestDragonTakedown?:double earliestElderDragon?:double earlyLaningPhaseGoldExpAdvantage?:double fasterSupportQuestCompletion?:int32 fastestLegendary?:double hadAfkTeammate?:int32 highestChampionDamage?:int32 highestCrowdControlScore?:int32 highestWardKills?:int32 junglerKillsEarlyJungle?:int32 killsOnLanersEarlyJungleAsJungler?:int32 laningPhaseGoldExpAdvantage?:int32 legendaryCount?:int32 maxCsAdvantageOnLaneOpponent?:float maxLevelLeadLaneOpponent?:int32 mostWardsDestroyedOneSweeper?:int32 mythicItemUsed?:int32 playedChampSelectPosition?:int32 soloTurretsLategame?:int32 takedownsFirst25Minutes?:int32 teleportTakedowns?:int32 thirdInhibitorDestroyedTime?:double threeWardsOneSweeperCount?:int32 visionScoreAdvantageLaneOpponent?:float InfernalScalePickup?:int32 fistBumpParticipation?:int32 voidMonsterKill?:int32 abilityUses?:int32 acesBefore15Minutes?:int32 alliedJungleMonsterKills?:float baronTakedowns?:int32 blastConeOppositeOpponentCount?:int32 bountyGold?:double buffsStolen?:int32 completeSupportQuestInTime?:int32 controlWardsPlaced?:int32 damagePerMinute?:float damageTakenOnTeamPercentage?:float dancedWithRiftHerald?:int32 deathsByEnemyChamps?:int32 dodgeSkillShotsSmallWindow?:int32 doubleAces?:int32 dragonTakedowns?:int32 legendaryItemUsed?:int32[] effectiveHealAndShielding?:float elderDragonKillsWithOpposingSoul?:int32 elderDragonMultikills?:int32 enemyChampionImmobilizations?:int32 enemyJungleMonsterKills?:float epicMonsterKillsNearEnemyJungler?:int32 epicMonsterKillsWithin30SecondsOfSpawn?:int32 epicMonsterSteals?:int32 epicMonsterStolenWithoutSmite?:int32 firstTurretKilled?:double firstTurretKilledTime?:float flawlessAces?:int32 fullTeamTakedown?:int32 gameLength?:float getTakedownsInAllLanesEarlyJungleAsLaner?:int32 goldPerMinute?:float hadOpenNexus?:int32 immobilizeAndKillWithAlly?:int32 initialBuffCount?:int32 initialCrabCount?:int32 jungleCsBefore10Minutes?:float junglerTakedownsNearDamagedEpicMonster?:int32 kda?:float killAfterHiddenWithAlly?:int32 killedChampTookFullTeamDamageSurvived?:int32 killingSprees?:int32 killParticipation?:float killsNearEnemyTurret?:int32 killsOnOtherLanesEarlyJungleAsLaner?:int32 killsOnRecentlyHealedByAramPack?:int32 killsUnderOwnTurret?:int32 killsWithHelpFromEpicMonster?:int32 knockEnemyIntoTeamAndKill?:int32 kTurretsDestroyedBeforePlatesFall?:int32 landSkillShotsEarlyGame?:int32 laneMinionsFirst10Minutes?:int32 lostAnInhibitor?:int32 maxKillDeficit?:int32 mejaisFullStackInTime?:int32 moreEnemyJungleThanOpponent?:float multiKillOneSpell?:int32 multikills?:int32 multikillsAfterAggressiveFlash?:int32 multiTurretRiftHeraldCount?:int32 outerTurretExecutesBefore10Minutes?:int32 outnumberedKills?:int32 outnumberedNexusKill?:int32 perfectDragonSoulsTaken?:int32 perfectGame?:int32 pickKillWithAlly?:int32 poroExplosions?:int32 quickCleanse?:int32 quickFirstTurret?:int32 quickSoloKills?:int32 riftHeraldTakedowns?:int32 saveAllyFromDeath?:int32 scuttleCrabKills?:int32 shortestTimeToAceFromFirstTakedown?:float skillshotsDodged?:int32 skillshotsHit?:int32 snowballsHit?:int32 soloBaronKills?:int32 SWARM_DefeatAatrox?:int32 SWARM_DefeatBriar?:int32 SWARM_DefeatMiniBosses?:int32 SWARM_EvolveWeapon?:int32 SWARM_Have3Passives?:int32 SWARM_KillEnemy?:int32 SWARM_PickupGold?:float SWARM_ReachLevel50?:int32 SWARM_Survive15Min?:int32 SWARM_WinWith5EvolvedWeapons?:int32 soloKills?:int32 stealthWardsPlaced?:int32 survivedSingleDigitHpCount?:int32 survivedThreeImmobilizesInFight?:int32 takedownOnFirstTurret?:int32 takedowns?:int32 takedownsAfterGainingLevelAdvantage?:int32 takedownsBeforeJungleMinionSpawn?:int32 takedownsFirstXMinutes?:int32 takedownsInAlcove?:int32 takedownsInEnemyFountain?:int32 teamBaronKills?:int32 teamDamagePercentage?:float teamElderDragonKills?:int32 teamRiftHeraldKills?:int32 tookLargeDamageSurvived?:int32 turretPlatesTaken?:int32 turretsTakenWithRiftHerald?:int32 turretTakedowns?:int32 twentyMinionsIn3SecondsCount?:int32 twoWardsOneSweeperCount?:int32 unseenRecalls?:int32 visionScorePerMinute?:float wardsGuarded?:int32 wardTakedowns?:int32 wardTakedownsBefore20M?:int32 HealFromMapSources?:double',
  'match-v5.ChampionStatsDto':
    'abilityHaste?:int32 abilityPower:int32 armor:int32 armorPen:int32 armorPenPercent:int32 attackDamage:int32 attackSpeed:int32 bonusArmorPenPercent:int32 bonusMagicPenPercent:int32 ccReduction:int32 cooldownReduction:int32 health:int32 healthMax:int32 healthRegen:int32 lifesteal:int32 magicPen:int32 magicPenPercent:int32 magicResist:int32 movementSpeed:int32 omnivamp?:int32 physicalVamp?:int32 power:int32 powerMax:int32 powerRegen:int32 spellVamp:int32',
  'match-v5.DamageStatsDto':
    'magicDamageDone:int32 magicDamageDoneToChampions:int32 magicDamageTaken:int32 physicalDamageDone:int32 physicalDamageDoneToChampions:int32 physicalDamageTaken:int32 totalDamageDone:int32 totalDamageDoneToChampions:int32 totalDamageTaken:int32 trueDamageDone:int32 trueDamageDoneToChampions:int32 trueDamageTaken:int32',
  'match-v5.EventsTimeLineDto':
    'timestamp:int64 realTimestamp?:int64 type:string itemId?:int32 participantId?:int32 levelUpType?:string skillSlot?:int32 creatorId?:int32 wardType?:string level?:int32 assistingParticipantIds?:int32[] bounty?:int32 killStreakLength?:int32 killerId?:int32 position?:PositionDto victimDamageDealt?:MatchTimelineVictimDamage[] victimDamageReceived?:MatchTimelineVictimDamage[] victimId?:int32 killType?:string laneType?:string teamId?:int32 multiKillLength?:int32 killerTeamId?:int32 monsterType?:string monsterSubType?:string buildingType?:string towerType?:string afterId?:int32 beforeId?:int32 goldGain?:int32 gameId?:int64 winningTeam?:int32 transformType?:string name?:string shutdownBounty?:int32 actualStartTime?:int64 featType?:int32 featValue?:int32 victimTeamfightDamageDealt?:MatchTimelineVictimDamage[] victimTeamfightDamageReceived?:MatchTimelineVictimDamage[]',
  'match-v5.FeatDto': 'featState?:int32',
  'match-v5.FeatsDto': 'EPIC_MONSTER_KILL?:FeatDto FIRST_BLOOD?:FeatDto FIRST_TURRET?:FeatDto',
  'match-v5.FramesTimeLineDto':
    'events:EventsTimeLineDto[] participantFrames?:map<int32,ParticipantFrameDto> timestamp:int32',
  'match-v5.InfoDto':
    'endOfGameResult?:string gameCreation:int64 gameDuration:int64 gameEndTimestamp?:int64 gameId:int64 gameMode:string gameName:string gameStartTimestamp:int64 gameType:string gameVersion:string mapId:int32 participants:ParticipantDto[] platformId:string queueId:int32 teams:TeamDto[] tournamentCode?:string gameModeMutators?:string[]',
  'match-v5.InfoTimeLineDto':
    'endOfGameResult?:string frameInterval:int64 gameId?:int64 participants?:ParticipantTimeLineDto[] frames:FramesTimeLineDto[]',
  'match-v5.MatchDto': 'metadata:MetadataDto info:InfoDto',
  'match-v5.MatchTimelineVictimDamage':
    'basic:boolean magicDamage:int32 name:string participantId:int32 physicalDamage:int32 spellName:string spellSlot:int32 trueDamage:int32 type:string',
  'match-v5.MetadataDto': 'dataVersion:string matchId:string participants:string[]',
  'match-v5.MetadataTimeLineDto': 'dataVersion:string matchId:string participants:string[]',
  'match-v5.MissionsDto':
    'playerScore0?:float PlayerScore0?:float playerScore1?:float PlayerScore1?:float playerScore2?:float PlayerScore2?:float playerScore3?:float PlayerScore3?:float playerScore4?:float PlayerScore4?:float playerScore5?:float PlayerScore5?:float playerScore6?:float PlayerScore6?:float playerScore7?:float PlayerScore7?:float playerScore8?:float PlayerScore8?:float playerScore9?:float PlayerScore9?:float playerScore10?:float PlayerScore10?:float playerScore11?:float PlayerScore11?:float',
  'match-v5.ObjectiveDto': 'first:boolean kills:int32',
  'match-v5.ObjectivesDto':
    'baron:ObjectiveDto champion:ObjectiveDto dragon:ObjectiveDto horde?:ObjectiveDto inhibitor:ObjectiveDto riftHerald:ObjectiveDto tower:ObjectiveDto atakhan?:ObjectiveDto',
  'match-v5.ParticipantDto':
    'allInPings?:int32 assistMePings?:int32 assists:int32 baronKills:int32 bountyLevel?:int32 champExperience:int32 champLevel:int32 championId:int32 championName:string commandPings?:int32 championTransform:int32 consumablesPurchased:int32 challenges?:ChallengesDto damageDealtToBuildings?:int32 damageDealtToObjectives:int32 damageDealtToTurrets:int32 damageSelfMitigated:int32 deaths:int32 detectorWardsPlaced:int32 doubleKills:int32 dragonKills:int32 eligibleForProgression?:boolean enemyMissingPings?:int32 enemyVisionPings?:int32 firstBloodAssist:boolean firstBloodKill:boolean firstTowerAssist:boolean firstTowerKill:boolean gameEndedInEarlySurrender:boolean gameEndedInSurrender:boolean holdPings?:int32 getBackPings?:int32 goldEarned:int32 goldSpent:int32 individualPosition:string inhibitorKills:int32 inhibitorTakedowns?:int32 inhibitorsLost?:int32 item0:int32 item1:int32 item2:int32 item3:int32 item4:int32 item5:int32 item6:int32 itemsPurchased:int32 killingSprees:int32 kills:int32 lane:string largestCriticalStrike:int32 largestKillingSpree:int32 largestMultiKill:int32 longestTimeSpentLiving:int32 magicDamageDealt:int32 magicDamageDealtToChampions:int32 magicDamageTaken:int32 missions?:MissionsDto neutralMinionsKilled:int32 needVisionPings?:int32 nexusKills:int32 nexusTakedowns?:int32 nexusLost?:int32 objectivesStolen:int32 objectivesStolenAssists:int32 onMyWayPings?:int32 participantId:int32 playerScore0?:float PlayerScore0?:float playerScore1?:float PlayerScore1?:float playerScore2?:float PlayerScore2?:float playerScore3?:float PlayerScore3?:float playerScore4?:float PlayerScore4?:float playerScore5?:float PlayerScore5?:float playerScore6?:float PlayerScore6?:float playerScore7?:float PlayerScore7?:float playerScore8?:float PlayerScore8?:float playerScore9?:float PlayerScore9?:float playerScore10?:float PlayerScore10?:float playerScore11?:float PlayerScore11?:float pentaKills:int32 perks:PerksDto physicalDamageDealt:int32 physicalDamageDealtToChampions:int32 physicalDamageTaken:int32 placement?:int32 playerAugment1?:int32 playerAugment2?:int32 playerAugment3?:int32 playerAugment4?:int32 playerSubteamId?:int32 pushPings?:int32 profileIcon:int32 puuid:string quadraKills:int32 riotIdGameName?:string riotIdTagline?:string role:string sightWardsBoughtInGame:int32 spell1Casts:int32 spell2Casts:int32 spell3Casts:int32 spell4Casts:int32 subteamPlacement?:int32 summoner1Casts:int32 summoner1Id:int32 summoner2Casts:int32 summoner2Id:int32 summonerId:string summonerLevel:int32 summonerName:string teamEarlySurrendered:boolean teamId:int32 teamPosition:string timeCCingOthers:int32 timePlayed:int32 totalAllyJungleMinionsKilled?:int32 totalDamageDealt:int32 totalDamageDealtToChampions:int32 totalDamageShieldedOnTeammates:int32 totalDamageTaken:int32 totalEnemyJungleMinionsKilled?:int32 totalHeal:int32 totalHealsOnTeammates:int32 totalMinionsKilled:int32 totalTimeCCDealt:int32 totalTimeSpentDead:int32 totalUnitsHealed:int32 tripleKills:int32 trueDamageDealt:int32 trueDamageDealtToChampions:int32 trueDamageTaken:int32 turretKills:int32 turretTakedowns?:int32 turretsLost?:int32 unrealKills:int32 visionScore:int32 visionClearedPings?:int32 visionWardsBoughtInGame:int32 wardsKilled:int32 wardsPlaced:int32 win:boolean baitPings?:int32 dangerPings?:int32 basicPings?:int32 playerAugment5?:int32 playerAugment6?:int32 riotIdName?:string retreatPings?:int32 championSkinId?:int32 damageDealtToEpicMonsters?:int32 roleBoundItem?:int32 PlayerBehavior?:ParticipantPlayerBehaviorDto',
  'match-v5.ParticipantFrameDto':
    'championStats:ChampionStatsDto currentGold:int32 damageStats:DamageStatsDto goldPerSecond:int32 jungleMinionsKilled:int32 level:int32 minionsKilled:int32 participantId:int32 position:PositionDto timeEnemySpentControlled:int32 totalGold:int32 xp:int32',
  'match-v5.ParticipantFramesDto': '1-9:ParticipantFrameDto',
  'match-v5.ParticipantPlayerBehaviorDto': 'PlayerBehavior_IsHeroInCombat?:int32',
  'match-v5.ParticipantTimeLineDto': 'participantId:int32 puuid:string',
  'match-v5.PerkStatsDto': 'defense:int32 flex:int32 offense:int32',
  'match-v5.PerkStyleDto': 'description:string selections:PerkStyleSelectionDto[] style:int32',
  'match-v5.PerkStyleSelectionDto': 'perk:int32 var1:int32 var2:int32 var3:int32',
  'match-v5.PerksDto': 'statPerks:PerkStatsDto styles:PerkStyleDto[]',
  'match-v5.PositionDto': 'x:int32 y:int32',
  'match-v5.ReplayDTO': 'total:int32 matchFileURLs:string[]',
  'match-v5.TeamDto': 'bans:BanDto[] objectives:ObjectivesDto teamId:int32 win:boolean feats?:FeatsDto',
  'match-v5.TimelineDto': 'metadata:MetadataTimeLineDto info:InfoTimeLineDto',
  'riftbound-content-v1.CardArtDTO': 'thumbnailURL:string fullURL:string artist:string',
  'riftbound-content-v1.CardDTO':
    'id:string collectorNumber:int64 set:string name:string description:string type:string rarity:string faction:string stats:CardStatsDTO keywords:string[] art:CardArtDTO flavorText:string tags:string[]',
  'riftbound-content-v1.CardStatsDTO': 'energy:int64 might:int64 cost:int64 power:int64',
  'riftbound-content-v1.RiftboundContentDTO': 'game:string version:string lastUpdated:string sets:SetDTO[]',
  'riftbound-content-v1.SetDTO': 'id:string name:string cards:CardDTO[]',
  'spectator-tft-v5.BannedChampion': 'pickTurn:int32 championId:int64 teamId:int64',
  'spectator-tft-v5.CurrentGameInfo':
    'gameId:int64 gameType:string gameStartTime:int64 mapId:int64 gameLength:int64 platformId:string gameMode:string bannedChampions:BannedChampion[] gameQueueConfigId?:int64 observers:Observer participants:CurrentGameParticipant[]',
  'spectator-tft-v5.CurrentGameParticipant':
    'championId:int64 perks?:Perks profileIconId:int64 teamId:int64 puuid?:string spell1Id:int64 spell2Id:int64 gameCustomizationObjects:GameCustomizationObject[] riotId?:string',
  'spectator-tft-v5.GameCustomizationObject': 'category:string content:string',
  'spectator-tft-v5.Observer': 'encryptionKey:string',
  'spectator-tft-v5.Perks': 'perkIds:int64[] perkStyle:int64 perkSubStyle:int64',
  'spectator-v5.BannedChampion': 'pickTurn:int32 championId:int64 teamId:int64',
  'spectator-v5.CurrentGameInfo':
    'gameId:int64 gameType:string gameStartTime:int64 mapId:int64 gameLength:int64 platformId:string gameMode:string bannedChampions:BannedChampion[] gameQueueConfigId?:int64 observers:Observer participants:CurrentGameParticipant[]',
  'spectator-v5.CurrentGameParticipant':
    'championId:int64 perks?:Perks profileIconId:int64 bot:boolean teamId:int64 puuid?:string spell1Id:int64 spell2Id:int64 gameCustomizationObjects:GameCustomizationObject[] riotId?:string',
  'spectator-v5.GameCustomizationObject': 'category:string content:string',
  'spectator-v5.Observer': 'encryptionKey:string',
  'spectator-v5.Perks': 'perkIds:int64[] perkStyle:int64 perkSubStyle:int64',
  'summoner-v4.SummonerDTO': 'profileIconId:int32 revisionDate:int64 puuid:string summonerLevel:int64 id?:string',
  'tft-league-v1.LeagueEntryDTO':
    'puuid?:string leagueId?:string queueType:string ratedTier?:=ORANGE|PURPLE|BLUE|GREEN|GRAY ratedRating?:int32 tier?:string rank?:string leaguePoints?:int32 wins:int32 losses:int32 hotStreak?:boolean veteran?:boolean freshBlood?:boolean inactive?:boolean miniSeries?:MiniSeriesDTO',
  'tft-league-v1.LeagueItemDTO':
    'freshBlood:boolean wins:int32 miniSeries?:MiniSeriesDTO inactive:boolean veteran:boolean hotStreak:boolean rank:string leaguePoints:int32 losses:int32 puuid:string',
  'tft-league-v1.LeagueListDTO': 'leagueId?:string entries:LeagueItemDTO[] tier:string name?:string queue?:string',
  'tft-league-v1.MiniSeriesDTO': 'losses:int32 progress:string target:int32 wins:int32',
  'tft-league-v1.TopRatedLadderEntryDto':
    'puuid:string ratedTier:=ORANGE|PURPLE|BLUE|GREEN|GRAY ratedRating:int32 wins:int32 previousUpdateLadderPosition:int32',
  'tft-match-v1.CompanionDto': 'content_ID:string item_ID:int32 skin_ID:int32 species:string',
  'tft-match-v1.InfoDto':
    'endOfGameResult?:string gameCreation?:int64 gameId?:int64 game_datetime:int64 game_length:float game_version:string game_variation?:string mapId?:int64 participants:ParticipantDto[] queue_id:int32 queueId?:int32 tft_game_type?:string tft_set_core_name?:string tft_set_number:int32',
  'tft-match-v1.MatchDto': 'metadata:MetadataDto info:InfoDto',
  'tft-match-v1.MetadataDto': 'data_version:string match_id:string participants:string[]',
  'tft-match-v1.ParticipantDto':
    'companion:CompanionDto gold_left:int32 last_round:int32 level:int32 placement:int32 players_eliminated:int32 puuid:string riotIdGameName?:string riotIdTagline?:string time_eliminated:float total_damage_to_players:int32 traits:TraitDto[] units:UnitDto[] win?:boolean augments?:string[] partner_group_id?:int32 missions?:ParticipantMissionsDto skill_tree?:map<string,int32> pve_score?:int32 pve_wonrun?:boolean',
  'tft-match-v1.ParticipantMissionsDto':
    'Assists?:int32 DamageDealt?:int32 DamageDealtToObjectives?:int32 DamageDealtToTurrets?:int32 DamageTaken?:int32 DoubleKills?:int32 GoldEarned?:int32 GoldSpent?:int32 InhibitorsDestroyed?:int32 Kills?:int32 LargestKillingSpree?:int32 LargestMultiKill?:int32 MagicDamageDealt?:int32 MagicDamageDealtToChampions?:int32 NeutralMinionsKilledTeamJungle?:int32 PhysicalDamageDealt?:int32 PhysicalDamageTaken?:int32 PlayerScore0?:int32 PlayerScore1?:int32 PlayerScore2?:int32 PlayerScore3?:int32 PlayerScore4?:int32 PlayerScore5?:int32 PlayerScore6?:int32 PlayerScore9?:int32 PlayerScore10?:int32 PlayerScore11?:int32 QuadraKills?:int32 Spell1Casts?:int32 Spell2Casts?:int32 Spell3Casts?:int32 Spell4Casts?:int32 SummonerSpell1Casts?:int32 TimeCCOthers?:int32 TotalMinionsKilled?:int32 TrueDamageDealtToChampions?:int32 UnrealKills?:int32 VisionScore?:int32 WardsKilled?:int32 Deaths?:int32 KillingSprees?:int32 MagicDamageTaken?:int32 PentaKills?:int32 PhysicalDamageDealtToChampions?:int32 TotalDamageDealtToChampions?:int32 TripleKills?:int32 TrueDamageDealt?:int32 TrueDamageTaken?:int32',
  'tft-match-v1.TraitDto': 'name:string num_units:int32 style?:int32 tier_current:int32 tier_total?:int32',
  'tft-match-v1.UnitDto':
    'items?:int32[] character_id:string itemNames?:string[] chosen?:string name:string rarity:int32 tier:int32',
  'tft-status-v1.ContentDto': 'locale:string content:string',
  'tft-status-v1.PlatformDataDto':
    'id:string name:string locales:string[] maintenances:StatusDto[] incidents:StatusDto[]',
  'tft-status-v1.StatusDto':
    'id:int32 maintenance_status:=scheduled|in_progress|complete incident_severity:=info|warning|critical titles:ContentDto[] updates:UpdateDto[] created_at:string archive_at:string updated_at:string platforms:=windows|macos|android|ios|ps4|xbone|switch[]',
  'tft-status-v1.UpdateDto':
    'id:int32 author:string publish:boolean publish_locations:=riotclient|riotstatus|game[] translations:ContentDto[] created_at:string updated_at:string',
  'tft-summoner-v1.SummonerDTO': 'puuid:string profileIconId:int32 revisionDate:int64 summonerLevel:int64 id?:string',
  'tournament-stub-v5.LobbyEventV5DTO': 'timestamp:string eventType:string puuid:string',
  'tournament-stub-v5.LobbyEventV5DTOWrapper': 'eventList:LobbyEventV5DTO[]',
  'tournament-stub-v5.ProviderRegistrationParametersV5':
    'region:=BR|EUNE|EUW|JP|LAN|LAS|NA|OCE|PBE|RU|TR|KR url:string',
  'tournament-stub-v5.TournamentCodeParametersV5':
    'allowedParticipants?:string[] metadata?:string teamSize:int32 pickType:=BLIND_PICK|DRAFT_MODE|ALL_RANDOM|TOURNAMENT_DRAFT mapType:=SUMMONERS_RIFT|HOWLING_ABYSS spectatorType:=NONE|LOBBYONLY|ALL enoughPlayers:boolean',
  'tournament-stub-v5.TournamentCodeV5DTO':
    'code:string lobbyName:string metaData:string password:string teamSize:int32 providerId:int32 pickType:string tournamentId:int32 id:int32 region:=BR|EUNE|EUW|JP|LAN|LAS|NA|OCE|PBE|RU|TR|KR map:string participants:string[]',
  'tournament-stub-v5.TournamentRegistrationParametersV5': 'providerId:int32 name?:string',
  'tournament-v5.LobbyEventV5DTO': 'timestamp:string eventType:string puuid:string',
  'tournament-v5.LobbyEventV5DTOWrapper': 'eventList:LobbyEventV5DTO[]',
  'tournament-v5.ProviderRegistrationParametersV5':
    'region:=BR|EUNE|EUW|JP|LAN|LAS|NA|OCE|PBE|RU|TR|KR|PH|SG|TH|TW|VN url:string',
  'tournament-v5.TournamentCodeParametersV5':
    'allowedParticipants?:string[] metadata?:string teamSize:int32 pickType:=BLIND_PICK|DRAFT_MODE|ALL_RANDOM|TOURNAMENT_DRAFT mapType:=SUMMONERS_RIFT|HOWLING_ABYSS spectatorType:=NONE|LOBBYONLY|ALL enoughPlayers:boolean',
  'tournament-v5.TournamentCodeUpdateParametersV5':
    'allowedParticipants?:string[] pickType:=BLIND_PICK|DRAFT_MODE|ALL_RANDOM|TOURNAMENT_DRAFT mapType:=SUMMONERS_RIFT|HOWLING_ABYSS spectatorType:=NONE|LOBBYONLY|ALL',
  'tournament-v5.TournamentCodeV5DTO':
    'id:int32 providerId:int32 tournamentId:int32 code:string region:=BR|EUNE|EUW|JP|LAN|LAS|NA|OCE|PBE|RU|TR|KR|PH|SG|TH|TW|VN map:string teamSize:int32 spectators:string pickType:string lobbyName:string password:string metaData:string participants:string[]',
  'tournament-v5.TournamentGamesV5':
    'startTime:int64 winningTeam:TournamentTeamV5[] losingTeam:TournamentTeamV5[] shortCode:string metaData?:string gameId:int64 gameName:string gameType:string gameMap:int32 gameMode:string region:string',
  'tournament-v5.TournamentRegistrationParametersV5': 'providerId:int32 name?:string',
  'tournament-v5.TournamentTeamV5': 'puuid:string',
  'val-console-match-v1.AbilityCastsDto':
    'grenadeCasts:int32 ability1Casts:int32 ability2Casts:int32 ultimateCasts:int32',
  'val-console-match-v1.AbilityDto':
    'grenadeEffects?:string ability1Effects?:string ability2Effects?:string ultimateEffects?:string',
  'val-console-match-v1.CoachDto': 'puuid:string teamId:string',
  'val-console-match-v1.DamageDto': 'receiver:string damage:int32 legshots:int32 bodyshots:int32 headshots:int32',
  'val-console-match-v1.EconomyDto': 'loadoutValue:int32 weapon:string armor:string remaining:int32 spent:int32',
  'val-console-match-v1.FinishingDamageDto': 'damageType:string damageItem:string isSecondaryFireMode:boolean',
  'val-console-match-v1.KillDto':
    'timeSinceGameStartMillis:int32 timeSinceRoundStartMillis:int32 killer:string victim:string victimLocation:LocationDto assistants:string[] playerLocations:PlayerLocationsDto[] finishingDamage:FinishingDamageDto',
  'val-console-match-v1.LocationDto': 'x:int32 y:int32',
  'val-console-match-v1.MatchDto':
    'matchInfo:MatchInfoDto players:PlayerDto[] coaches:CoachDto[] teams?:TeamDto[] roundResults?:RoundResultDto[]',
  'val-console-match-v1.MatchInfoDto':
    'matchId:string mapId:string gameLengthMillis?:int32 gameStartMillis:int64 provisioningFlowId:string isCompleted:boolean customGameName:string queueId:string gameMode:string isRanked:boolean seasonId:string',
  'val-console-match-v1.MatchlistDto': 'puuid:string history:MatchlistEntryDto[]',
  'val-console-match-v1.MatchlistEntryDto': 'matchId:string gameStartTimeMillis:int64 queueId:string',
  'val-console-match-v1.PlayerDto':
    'puuid:string gameName:string tagLine:string teamId:string partyId:string characterId?:string stats?:PlayerStatsDto competitiveTier:int32 playerCard:string playerTitle:string',
  'val-console-match-v1.PlayerLocationsDto': 'puuid:string viewRadians:float location:LocationDto',
  'val-console-match-v1.PlayerRoundStatsDto':
    'puuid:string kills:KillDto[] damage:DamageDto[] score:int32 economy:EconomyDto ability:AbilityDto',
  'val-console-match-v1.PlayerStatsDto':
    'score:int32 roundsPlayed:int32 kills:int32 deaths:int32 assists:int32 playtimeMillis:int32 abilityCasts?:AbilityCastsDto',
  'val-console-match-v1.RecentMatchesDto': 'currentTime:int64 matchIds:string[]',
  'val-console-match-v1.RoundResultDto':
    'roundNum:int32 roundResult:string roundCeremony:string winningTeam:string bombPlanter?:string bombDefuser?:string plantRoundTime:int32 plantPlayerLocations?:PlayerLocationsDto[] plantLocation:LocationDto plantSite:string defuseRoundTime:int32 defusePlayerLocations?:PlayerLocationsDto[] defuseLocation:LocationDto playerStats:PlayerRoundStatsDto[] roundResultCode:string',
  'val-console-match-v1.TeamDto': 'teamId:string won:boolean roundsPlayed:int32 roundsWon:int32 numPoints:int32',
  'val-console-ranked-v1.LeaderboardDto':
    'actId:string totalPlayers:int64 query?:string shard:string players:PlayerDto[] tierDetails?:TierDto[]',
  'val-console-ranked-v1.PlayerDto':
    'puuid?:string gameName?:string tagLine?:string leaderboardRank:int64 rankedRating:int64 numberOfWins:int64',
  'val-content-v1.ActDto':
    'name:string localizedNames?:LocalizedNamesDto id:string isActive:boolean parentId?:string type?:string',
  'val-content-v1.ContentDto':
    'version:string characters:ContentItemDto[] maps:ContentItemDto[] chromas:ContentItemDto[] skins:ContentItemDto[] skinLevels:ContentItemDto[] equips:ContentItemDto[] gameModes:ContentItemDto[] sprays:ContentItemDto[] sprayLevels:ContentItemDto[] charms:ContentItemDto[] charmLevels:ContentItemDto[] playerCards:ContentItemDto[] playerTitles:ContentItemDto[] acts:ActDto[] ceremonies?:ContentItemDto[] totems?:ContentItemDto[]',
  'val-content-v1.ContentItemDto':
    'name:string localizedNames?:LocalizedNamesDto id:string assetName:string assetPath?:string',
  'val-content-v1.LocalizedNamesDto':
    'ar-AE:string de-DE:string en-GB?:string en-US:string es-ES:string es-MX:string fr-FR:string id-ID:string it-IT:string ja-JP:string ko-KR:string pl-PL:string pt-BR:string ru-RU:string th-TH:string tr-TR:string vi-VN:string zh-CN:string zh-TW:string',
  'val-match-v1.AbilityCastsDto': 'grenadeCasts:int32 ability1Casts:int32 ability2Casts:int32 ultimateCasts:int32',
  'val-match-v1.AbilityDto':
    'grenadeEffects?:string ability1Effects?:string ability2Effects?:string ultimateEffects?:string',
  'val-match-v1.CoachDto': 'puuid:string teamId:string',
  'val-match-v1.DamageDto': 'receiver:string damage:int32 legshots:int32 bodyshots:int32 headshots:int32',
  'val-match-v1.EconomyDto': 'loadoutValue:int32 weapon:string armor:string remaining:int32 spent:int32',
  'val-match-v1.FinishingDamageDto': 'damageType:string damageItem:string isSecondaryFireMode:boolean',
  'val-match-v1.KillDto':
    'timeSinceGameStartMillis:int32 timeSinceRoundStartMillis:int32 killer:string victim:string victimLocation:LocationDto assistants:string[] playerLocations:PlayerLocationsDto[] finishingDamage:FinishingDamageDto',
  'val-match-v1.LocationDto': 'x:int32 y:int32',
  'val-match-v1.MatchDto':
    'matchInfo:MatchInfoDto players:PlayerDto[] coaches:CoachDto[] teams?:TeamDto[] roundResults?:RoundResultDto[]',
  'val-match-v1.MatchInfoDto':
    'matchId:string mapId:string gameVersion:string gameLengthMillis?:int32 region:string gameStartMillis:int64 provisioningFlowId:string isCompleted:boolean customGameName:string queueId:string gameMode:string isRanked:boolean seasonId:string premierMatchInfo:map<string,unknown>',
  'val-match-v1.MatchlistDto': 'puuid:string history:MatchlistEntryDto[]',
  'val-match-v1.MatchlistEntryDto': 'matchId:string gameStartTimeMillis:int64 queueId:string',
  'val-match-v1.PlayerDto':
    'puuid:string gameName:string tagLine:string teamId:string partyId:string characterId?:string stats?:PlayerStatsDto competitiveTier:int32 isObserver:boolean playerCard:string playerTitle:string accountLevel:int32',
  'val-match-v1.PlayerLocationsDto': 'puuid:string viewRadians:float location:LocationDto',
  'val-match-v1.PlayerRoundStatsDto':
    'puuid:string kills:KillDto[] damage:DamageDto[] score:int32 economy:EconomyDto ability:AbilityDto',
  'val-match-v1.PlayerStatsDto':
    'score:int32 roundsPlayed:int32 kills:int32 deaths:int32 assists:int32 playtimeMillis:int32 abilityCasts?:AbilityCastsDto',
  'val-match-v1.RecentMatchesDto': 'currentTime:int64 matchIds:string[]',
  'val-match-v1.RoundResultDto':
    'roundNum:int32 roundResult:string roundCeremony:string winningTeam:string winningTeamRole:string bombPlanter?:string bombDefuser?:string plantRoundTime:int32 plantPlayerLocations?:PlayerLocationsDto[] plantLocation:LocationDto plantSite:string defuseRoundTime:int32 defusePlayerLocations?:PlayerLocationsDto[] defuseLocation:LocationDto playerStats:PlayerRoundStatsDto[] roundResultCode:string',
  'val-match-v1.TeamDto': 'teamId:string won:boolean roundsPlayed:int32 roundsWon:int32 numPoints:int32',
  'val-ranked-v1.LeaderboardDto':
    'shard:string actId:string totalPlayers:int64 players:PlayerDto[] immortalStartingPage?:int64 immortalStartingIndex?:int64 topTierRRThreshold?:int64 tierDetails?:map<int64,TierDetailDto> startIndex?:int64 query?:string',
  'val-ranked-v1.PlayerDto':
    'puuid?:string gameName?:string tagLine?:string leaderboardRank:int64 rankedRating:int64 numberOfWins:int64 competitiveTier?:int64 prefix?:string premierRosterType:string',
  'val-ranked-v1.TierDetailDto': 'rankedRatingThreshold:int64 startingPage:int64 startingIndex:int64',
  'val-status-v1.ContentDto': 'locale:string content:string',
  'val-status-v1.PlatformDataDto':
    'id:string name:string locales:string[] maintenances:StatusDto[] incidents:StatusDto[]',
  'val-status-v1.StatusDto':
    'id:int32 maintenance_status:=scheduled|in_progress|complete incident_severity:=info|warning|critical titles:ContentDto[] updates:UpdateDto[] created_at:string archive_at:string updated_at:string platforms:=windows|macos|android|ios|ps4|xbone|switch[]',
  'val-status-v1.UpdateDto':
    'id:int32 author:string publish:boolean publish_locations:=riotclient|riotstatus|game[] translations:ContentDto[] created_at:string updated_at:string',
}
