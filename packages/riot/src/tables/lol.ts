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
import {
  MATCH_TYPE,
  type ApexTier,
  type ChallengeLevel,
  type Division,
  type LeagueExpQueue,
  type LeagueQueue,
  type Tier,
} from './words.ts'

/** Riot's operations for lol: one line each. */
export const lol = {
  championMasteryV4: {
    getAllChampionMasteriesByPuuid: get('platform', '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}')<
      [puuid: string],
      ChampionMasteryV4.ChampionMasteryDto[]
    >(),
    getChampionMasteryByPuuid: get(
      'platform',
      '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/by-champion/{championId}',
    )<[puuid: string, championId: number], ChampionMasteryV4.ChampionMasteryDto>(),
    getChampionMasteryScoreByPuuid: get('platform', '/lol/champion-mastery/v4/scores/by-puuid/{puuid}')<
      [puuid: string],
      number
    >(),
    getTopChampionMasteriesByPuuid: get(
      'platform',
      '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/top',
      { query: { count: whole } },
    )<[puuid: string], ChampionMasteryV4.ChampionMasteryDto[]>(),
  },
  championV3: {
    getChampionInfo: get('platform', '/lol/platform/v3/champion-rotations')<[], ChampionV3.ChampionInfo>(),
  },
  clashV1: {
    getPlayersByPuuid: get('platform', '/lol/clash/v1/players/by-puuid/{puuid}')<
      [puuid: string],
      ClashV1.PlayerDto[]
    >(),
    getTeamById: get('platform', '/lol/clash/v1/teams/{teamId}')<[teamId: string], ClashV1.TeamDto>(),
    getTournamentById: get('platform', '/lol/clash/v1/tournaments/{tournamentId}')<
      [tournamentId: number],
      ClashV1.TournamentDto
    >(),
    getTournamentByTeam: get('platform', '/lol/clash/v1/tournaments/by-team/{teamId}')<
      [teamId: string],
      ClashV1.TournamentDto
    >(),
    getTournaments: get('platform', '/lol/clash/v1/tournaments')<[], ClashV1.TournamentDto[]>(),
  },
  leagueExpV4: {
    getLeagueEntries: get('platform', '/lol/league-exp/v4/entries/{queue}/{tier}/{division}', {
      query: { page: whole },
      empty: () => [],
    })<[queue: LeagueExpQueue, tier: Tier | ApexTier, division: Division], LeagueExpV4.LeagueEntryDTO[]>(),
  },
  leagueV4: {
    getChallengerLeague: get('platform', '/lol/league/v4/challengerleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
    getGrandmasterLeague: get('platform', '/lol/league/v4/grandmasterleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
    getLeagueById: get('platform', '/lol/league/v4/leagues/{leagueId}')<[leagueId: string], LeagueV4.LeagueListDTO>(),
    getLeagueEntries: get('platform', '/lol/league/v4/entries/{queue}/{tier}/{division}', {
      query: { page: whole },
      empty: () => [],
    })<[queue: LeagueQueue, tier: Tier, division: Division], LeagueV4.LeagueEntryDTO[]>(),
    getLeagueEntriesByPuuid: get('platform', '/lol/league/v4/entries/by-puuid/{puuid}')<
      [puuid: string],
      LeagueV4.LeagueEntryDTO[]
    >(),
    getMasterLeague: get('platform', '/lol/league/v4/masterleagues/by-queue/{queue}')<
      [queue: LeagueQueue],
      LeagueV4.LeagueListDTO
    >(),
  },
  lolChallengesV1: {
    getAllChallengeConfigs: get('platformOrPbe', '/lol/challenges/v1/challenges/config')<
      [],
      LolChallengesV1.ChallengeConfigInfoDto[]
    >(),
    getAllChallengePercentiles: get('platformOrPbe', '/lol/challenges/v1/challenges/percentiles')<
      [],
      Record<number, Record<string, number>>
    >(),
    getChallengeConfigs: get('platformOrPbe', '/lol/challenges/v1/challenges/{challengeId}/config')<
      [challengeId: number],
      LolChallengesV1.ChallengeConfigInfoDto
    >(),
    getChallengeLeaderboards: get(
      'platformOrPbe',
      '/lol/challenges/v1/challenges/{challengeId}/leaderboards/by-level/{level}',
      { query: { limit: whole } },
    )<[challengeId: number, level: ChallengeLevel], LolChallengesV1.ApexPlayerInfoDto[]>(),
    getChallengePercentiles: get('platformOrPbe', '/lol/challenges/v1/challenges/{challengeId}/percentiles')<
      [challengeId: number],
      Record<string, number>
    >(),
    getPlayerData: get('platformOrPbe', '/lol/challenges/v1/player-data/{puuid}')<
      [puuid: string],
      LolChallengesV1.PlayerInfoDto
    >(),
  },
  lolRsoMatchV1: {
    /** Asks for the player whose `authorization` is given (RSO). */
    getMatch: get('region', '/lol/rso-match/v1/matches/{matchId}', { rso: true })<
      [matchId: string],
      MatchV5.MatchDto
    >(),
    /** Asks for the player whose `authorization` is given (RSO). */
    getMatchIds: get('region', '/lol/rso-match/v1/matches/ids', {
      query: { count: whole, start: whole, type: MATCH_TYPE, queue: whole, endTime: whole, startTime: whole },
      rso: true,
    })<[], string[]>(),
    /** Asks for the player whose `authorization` is given (RSO). */
    getTimeline: get('region', '/lol/rso-match/v1/matches/{matchId}/timeline', { rso: true })<
      [matchId: string],
      MatchV5.TimelineDto
    >(),
  },
  lolStatusV4: {
    getPlatformData: get('statusPlatform', '/lol/status/v4/platform-data')<[], LolStatusV4.PlatformDataDto>(),
  },
  matchV5: {
    getMatch: get('region', '/lol/match/v5/matches/{matchId}')<[matchId: string], MatchV5.MatchDto>(),
    getMatchIdsByPuuid: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/ids', {
      query: { startTime: whole, endTime: whole, queue: whole, type: MATCH_TYPE, start: whole, count: whole },
    })<[puuid: string], string[]>(),
    getReplay: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/replays')<[puuid: string], MatchV5.ReplayDTO>(),
    getTimeline: get('region', '/lol/match/v5/matches/{matchId}/timeline')<[matchId: string], MatchV5.TimelineDto>(),
  },
  spectatorV5: {
    getCurrentGameInfoByPuuid: get('platform', '/lol/spectator/v5/active-games/by-summoner/{puuid}')<
      [puuid: string],
      SpectatorV5.CurrentGameInfo
    >(),
  },
  summonerV4: {
    /** Asks for the player whose `authorization` is given (RSO). */
    getByAccessToken: get('platform', '/lol/summoner/v4/summoners/me', { rso: true })<[], SummonerV4.SummonerDTO>(),
    getByPuuid: get('platform', '/lol/summoner/v4/summoners/by-puuid/{puuid}')<
      [puuid: string],
      SummonerV4.SummonerDTO
    >(),
  },
  tournamentStubV5: {
    createTournamentCode: post('americas', '/lol/tournament-stub/v5/codes', {
      query: { count: whole, tournamentId: required(whole) },
    })<[body: TournamentStubV5.TournamentCodeParametersV5], string[]>(),
    getLobbyEventsByCode: get('americas', '/lol/tournament-stub/v5/lobby-events/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentStubV5.LobbyEventV5DTOWrapper
    >(),
    getTournamentCode: get('americas', '/lol/tournament-stub/v5/codes/{tournamentCode}')<
      [tournamentCode: string],
      TournamentStubV5.TournamentCodeV5DTO
    >(),
    registerProviderData: post('americas', '/lol/tournament-stub/v5/providers')<
      [body: TournamentStubV5.ProviderRegistrationParametersV5],
      number
    >(),
    registerTournament: post('americas', '/lol/tournament-stub/v5/tournaments')<
      [body: TournamentStubV5.TournamentRegistrationParametersV5],
      number
    >(),
  },
  tournamentV5: {
    createTournamentCode: post('americas', '/lol/tournament/v5/codes', {
      query: { tournamentId: required(whole), count: whole },
    })<[body: TournamentV5.TournamentCodeParametersV5], string[]>(),
    getGames: get('americas', '/lol/tournament/v5/games/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.TournamentGamesV5[]
    >(),
    getLobbyEventsByCode: get('americas', '/lol/tournament/v5/lobby-events/by-code/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.LobbyEventV5DTOWrapper
    >(),
    getTournamentCode: get('americas', '/lol/tournament/v5/codes/{tournamentCode}')<
      [tournamentCode: string],
      TournamentV5.TournamentCodeV5DTO
    >(),
    registerProviderData: post('americas', '/lol/tournament/v5/providers')<
      [body: TournamentV5.ProviderRegistrationParametersV5],
      number
    >(),
    registerTournament: post('americas', '/lol/tournament/v5/tournaments')<
      [body: TournamentV5.TournamentRegistrationParametersV5],
      number
    >(),
    updateCode: put('americas', '/lol/tournament/v5/codes/{tournamentCode}')<
      [tournamentCode: string, body: TournamentV5.TournamentCodeUpdateParametersV5],
      void
    >(),
  },
} as const
