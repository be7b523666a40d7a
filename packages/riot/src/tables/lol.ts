import type * as ChampionMasteryV4 from '../schemas/champion-mastery-v4.ts'
import type * as ChampionV3 from '../schemas/champion-v3.ts'
import type * as ClashV1 from '../schemas/clash-v1.ts'
import type * as LeagueExpV4 from '../schemas/league-exp-v4.ts'
import type * as LeagueV4 from '../schemas/league-v4.ts'
import type * as LolChallengesV1 from '../schemas/lol-challenges-v1.ts'
import type * as LolStatusV4 from '../schemas/lol-status-v4.ts'
import type * as MatchV5 from '../schemas/match-v5.ts'
import type * as SpectatorV5 from '../schemas/spectator-v5.ts'
import type * as SummonerV4 from '../schemas/summoner-v4.ts'
import type * as TournamentStubV5 from '../schemas/tournament-stub-v5.ts'
import type * as TournamentV5 from '../schemas/tournament-v5.ts'
import { get, post, put } from './operation.ts'
import { required, whole } from './parameter.ts'
import { MATCH_TYPE, type ApexTier, type Division, type LeagueExpQueue, type LeagueQueue, type Tier } from './words.ts'

/** Riot's operations for lol: one line each. */
export const lol = {
  championMasteryV4: {
    /** How well a player masters each champion, best first. */
    getAllChampionMasteriesByPuuid: get('platform', '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}')<
      [puuid: string],
      ChampionMasteryV4.ChampionMasteryDto[]
    >(),
    /** How well a player masters one champion. */
    getChampionMasteryByPuuid: get(
      'platform',
      '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/by-champion/{championId}',
    )<[puuid: string, championId: number], ChampionMasteryV4.ChampionMasteryDto>(),
    /** The levels of all of a player's champions added up. */
    getChampionMasteryScoreByPuuid: get('platform', '/lol/champion-mastery/v4/scores/by-puuid/{puuid}')<
      [puuid: string],
      number
    >(),
    /** The champions that a player masters best. `count`: default 3. */
    getTopChampionMasteriesByPuuid: get(
      'platform',
      '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/top',
      { query: { count: whole } },
    )<[puuid: string], ChampionMasteryV4.ChampionMasteryDto[]>(),
  },
  championV3: {
    /** The champions that are free to play this week. Also called `getChampionRotations`. */
    getChampionInfo: get('platform', '/lol/platform/v3/champion-rotations')<[], ChampionV3.ChampionInfo>(),
  },
  clashV1: {
    /** The Clash teams in which a player is now; empty for who is in none. */
    getPlayersByPuuid: get('platform', '/lol/clash/v1/players/by-puuid/{puuid}')<
      [puuid: string],
      ClashV1.PlayerDto[]
    >(),
    /** A Clash team. */
    getTeamById: get('platform', '/lol/clash/v1/teams/{teamId}')<[teamId: string], ClashV1.TeamDto>(),
    /** A Clash tournament. */
    getTournamentById: get('platform', '/lol/clash/v1/tournaments/{tournamentId}')<
      [tournamentId: number],
      ClashV1.TournamentDto
    >(),
    /** The Clash tournament in which a team plays. */
    getTournamentByTeam: get('platform', '/lol/clash/v1/tournaments/by-team/{teamId}')<
      [teamId: string],
      ClashV1.TournamentDto
    >(),
    /** All Clash tournaments that are on or to come. */
    getTournaments: get('platform', '/lol/clash/v1/tournaments')<[], ClashV1.TournamentDto[]>(),
  },
  leagueExpV4: {
    /** A page of a division, challenger to iron. `page`: from 1. Pages overlap: see `leaguePages`. */
    getLeagueEntries: get('platform', '/lol/league-exp/v4/entries/{queue}/{tier}/{division}', {
      query: { page: whole },
      empty: () => [],
    })<[queue: LeagueExpQueue, tier: Tier | ApexTier, division: Division], LeagueExpV4.LeagueEntryDTO[]>(),
  },
  leagueV4: {
    /** The challenger league of a queue. Its entries are in no order. */
    getChallengerLeague: get('platform', '/lol/league/v4/challengerleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
    /** The grandmaster league of a queue. */
    getGrandmasterLeague: get('platform', '/lol/league/v4/grandmasterleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
    /** A league by its id. */
    getLeagueById: get('platform', '/lol/league/v4/leagues/{leagueId}')<[leagueId: string], LeagueV4.LeagueListDTO>(),
    /** A page of a division, diamond to iron. `page`: from 1. Pages overlap: see `leaguePages`. */
    getLeagueEntries: get('platform', '/lol/league/v4/entries/{queue}/{tier}/{division}', {
      query: { page: whole },
      empty: () => [],
    })<[queue: LeagueQueue, tier: Tier, division: Division], LeagueV4.LeagueEntryDTO[]>(),
    /** A player's places in all ranked queues; empty for who is not ranked. */
    getLeagueEntriesByPuuid: get('platform', '/lol/league/v4/entries/by-puuid/{puuid}')<
      [puuid: string],
      LeagueV4.LeagueEntryDTO[]
    >(),
    /** The master league of a queue. */
    getMasterLeague: get('platform', '/lol/league/v4/masterleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
  },
  lolChallengesV1: {
    /** All challenges, with their names in all languages. */
    getAllChallengeConfigs: get('platformOrPbe', '/lol/challenges/v1/challenges/config')<
      [],
      LolChallengesV1.ChallengeConfigInfoDto[]
    >(),
    /** For each challenge, which share of players has come to which level. */
    getAllChallengePercentiles: get('platformOrPbe', '/lol/challenges/v1/challenges/percentiles')<
      [],
      Record<number, Record<string, number>>
    >(),
    /** One challenge. */
    getChallengeConfigs: get('platformOrPbe', '/lol/challenges/v1/challenges/{challengeId}/config')<
      [challengeId: number],
      LolChallengesV1.ChallengeConfigInfoDto
    >(),
    /** The best players in a challenge. `limit`: how many. */
    getChallengeLeaderboards: get(
      'platformOrPbe',
      '/lol/challenges/v1/challenges/{challengeId}/leaderboards/by-level/{level}',
      { query: { limit: whole } },
    )<[challengeId: number, level: LolChallengesV1.ChallengeLevel], LolChallengesV1.ApexPlayerInfoDto[]>(),
    /** Which share of players has come to which level of a challenge. */
    getChallengePercentiles: get('platformOrPbe', '/lol/challenges/v1/challenges/{challengeId}/percentiles')<
      [challengeId: number],
      Record<string, number>
    >(),
    /** How far a player has come in all challenges. */
    getPlayerData: get('platformOrPbe', '/lol/challenges/v1/player-data/{puuid}')<
      [puuid: string],
      LolChallengesV1.PlayerInfoDto
    >(),
  },
  lolRsoMatchV1: {
    /** A match of the player who has signed in (RSO), custom games included. */
    getMatch: get('region', '/lol/rso-match/v1/matches/{matchId}', { rso: true })<
      [matchId: string],
      MatchV5.MatchDto
    >(),
    /** The ids of the matches of the player who has signed in (RSO), newest first. `count`: default 20, at most 100. */
    getMatchIds: get('region', '/lol/rso-match/v1/matches/ids', {
      query: { count: whole, start: whole, type: MATCH_TYPE, queue: whole, endTime: whole, startTime: whole },
      rso: true,
    })<[], string[]>(),
    /** The timeline of a match of the player who has signed in (RSO). */
    getTimeline: get('region', '/lol/rso-match/v1/matches/{matchId}/timeline', { rso: true })<
      [matchId: string],
      MatchV5.TimelineDto
    >(),
  },
  lolStatusV4: {
    /** Maintenances and incidents of a platform. */
    getPlatformData: get('statusPlatform', '/lol/status/v4/platform-data')<[], LolStatusV4.PlatformDataDto>(),
  },
  matchV5: {
    /** A match. Its id tells the region. 404 when there is none; one that was called off has nobody in it. */
    getMatch: get('region', '/lol/match/v5/matches/{matchId}')<[matchId: string], MatchV5.MatchDto>(),
    /** The ids of a player's matches, newest first. `count`: default 20, at most 100; `startTime` and `endTime` in seconds since 1970. For more than 100 see `matchIds`. */
    getMatchIdsByPuuid: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/ids', {
      query: { startTime: whole, endTime: whole, queue: whole, type: MATCH_TYPE, start: whole, count: whole },
    })<[puuid: string], string[]>(),
    /** Where the replays of a player's latest matches can be had. */
    getReplay: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/replays')<[puuid: string], MatchV5.ReplayDTO>(),
    /** What happened in a match, minute by minute: some 500 kB. Its id tells the region. */
    getTimeline: get('region', '/lol/match/v5/matches/{matchId}/timeline')<[matchId: string], MatchV5.TimelineDto>(),
  },
  spectatorV5: {
    /** The game that a player plays now; 404 for who plays none. Also called `getActiveGame`. */
    getCurrentGameInfoByPuuid: get('platform', '/lol/spectator/v5/active-games/by-summoner/{puuid}')<
      [puuid: string],
      SpectatorV5.CurrentGameInfo
    >(),
  },
  summonerV4: {
    /** The summoner of the player who has signed in (RSO). */
    getByAccessToken: get('platform', '/lol/summoner/v4/summoners/me', { rso: true })<[], SummonerV4.SummonerDTO>(),
    /** A player's level and icon on a platform; 404 for who never played there. */
    getByPuuid: get('platform', '/lol/summoner/v4/summoners/by-puuid/{puuid}')<
      [puuid: string],
      SummonerV4.SummonerDTO
    >(),
  },
  tournamentStubV5: {
    /** Makes codes for practice. `tournamentId` must be given; `count`: default 1, at most 1000. */
    createTournamentCode: post('americas', '/lol/tournament-stub/v5/codes', {
      query: { count: whole, tournamentId: required(whole) },
    })<[body: TournamentStubV5.TournamentCodeParametersV5], string[]>(),
    /** What happened in the lobby of a code for practice. */
    getLobbyEventsByCode: get('americas', '/lol/tournament-stub/v5/lobby-events/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentStubV5.LobbyEventV5DTOWrapper
    >(),
    /** A code for practice. */
    getTournamentCode: get('americas', '/lol/tournament-stub/v5/codes/{tournamentCode}')<
      [tournamentCode: string],
      TournamentStubV5.TournamentCodeV5DTO
    >(),
    /** Registers a provider for practice: the region, and where results are sent. Answers its id. */
    registerProviderData: post('americas', '/lol/tournament-stub/v5/providers')<
      [body: TournamentStubV5.ProviderRegistrationParametersV5],
      number
    >(),
    /** Registers a tournament for practice. Answers its id. */
    registerTournament: post('americas', '/lol/tournament-stub/v5/tournaments')<
      [body: TournamentStubV5.TournamentRegistrationParametersV5],
      number
    >(),
  },
  tournamentV5: {
    /** Makes tournament codes. `tournamentId` must be given; `count`: default 1, at most 1000. */
    createTournamentCode: post('americas', '/lol/tournament/v5/codes', {
      query: { tournamentId: required(whole), count: whole },
    })<[body: TournamentV5.TournamentCodeParametersV5], string[]>(),
    /** The games that were played with a code. */
    getGames: get('americas', '/lol/tournament/v5/games/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.TournamentGamesV5[]
    >(),
    /** What happened in the lobby of a code. */
    getLobbyEventsByCode: get('americas', '/lol/tournament/v5/lobby-events/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.LobbyEventV5DTOWrapper
    >(),
    /** A tournament code. */
    getTournamentCode: get('americas', '/lol/tournament/v5/codes/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.TournamentCodeV5DTO
    >(),
    /** Registers a provider: the region, and where results are sent. Answers its id. */
    registerProviderData: post('americas', '/lol/tournament/v5/providers')<
      [body: TournamentV5.ProviderRegistrationParametersV5],
      number
    >(),
    /** Registers a tournament of a provider. Answers its id. */
    registerTournament: post('americas', '/lol/tournament/v5/tournaments')<
      [body: TournamentV5.TournamentRegistrationParametersV5],
      number
    >(),
    /** Changes pick type, map, spectators or participants of a code. */
    updateCode: put('americas', '/lol/tournament/v5/codes/{tournamentCode}')<
      [tournamentCode: string, body: TournamentV5.TournamentCodeUpdateParametersV5],
      void
    >(),
  },
} as const
