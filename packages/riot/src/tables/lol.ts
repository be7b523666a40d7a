import { get, post, put } from '@sluice/http'
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

/** Riot's operations for lol: one line each. */
export const lol = {
  championMasteryV4: {
    getAllChampionMasteriesByPuuid: get('platform', '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}')<
      ChampionMasteryV4.ChampionMasteryDto[]
    >,
    getChampionMasteryByPuuid: get(
      'platform',
      '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/by-champion/{championId}',
    )<ChampionMasteryV4.ChampionMasteryDto>,
    getChampionMasteryScoreByPuuid: get('platform', '/lol/champion-mastery/v4/scores/by-puuid/{puuid}')<number>,
    getTopChampionMasteriesByPuuid: get('platform', '/lol/champion-mastery/v4/champion-masteries/by-puuid/{puuid}/top')<
      ChampionMasteryV4.ChampionMasteryDto[],
      { count?: number }
    >,
  },
  championV3: {
    getChampionInfo: get('platform', '/lol/platform/v3/champion-rotations')<ChampionV3.ChampionInfo>,
  },
  clashV1: {
    getPlayersByPuuid: get('platform', '/lol/clash/v1/players/by-puuid/{puuid}')<ClashV1.PlayerDto[]>,
    getTeamById: get('platform', '/lol/clash/v1/teams/{teamId}')<ClashV1.TeamDto>,
    getTournamentById: get('platform', '/lol/clash/v1/tournaments/{tournamentId}')<ClashV1.TournamentDto>,
    getTournamentByTeam: get('platform', '/lol/clash/v1/tournaments/by-team/{teamId}')<ClashV1.TournamentDto>,
    getTournaments: get('platform', '/lol/clash/v1/tournaments')<ClashV1.TournamentDto[]>,
  },
  leagueExpV4: {
    getLeagueEntries: get('platform', '/lol/league-exp/v4/entries/{queue}/{tier}/{division}')<
      LeagueExpV4.LeagueEntryDTO[],
      { page?: number }
    >,
  },
  leagueV4: {
    getChallengerLeague: get('platform', '/lol/league/v4/challengerleagues/by-queue/{queue}')<LeagueV4.LeagueListDTO>,
    getGrandmasterLeague: get('platform', '/lol/league/v4/grandmasterleagues/by-queue/{queue}')<LeagueV4.LeagueListDTO>,
    getLeagueById: get('platform', '/lol/league/v4/leagues/{leagueId}')<LeagueV4.LeagueListDTO>,
    getLeagueEntries: get('platform', '/lol/league/v4/entries/{queue}/{tier}/{division}')<
      LeagueV4.LeagueEntryDTO[],
      { page?: number }
    >,
    getLeagueEntriesByPuuid: get('platform', '/lol/league/v4/entries/by-puuid/{puuid}')<LeagueV4.LeagueEntryDTO[]>,
    getMasterLeague: get('platform', '/lol/league/v4/masterleagues/by-queue/{queue}')<LeagueV4.LeagueListDTO>,
  },
  lolChallengesV1: {
    getAllChallengeConfigs: get('platform', '/lol/challenges/v1/challenges/config')<
      LolChallengesV1.ChallengeConfigInfoDto[]
    >,
    getAllChallengePercentiles: get('platform', '/lol/challenges/v1/challenges/percentiles')<
      Record<number, Record<string, number>>
    >,
    getChallengeConfigs: get(
      'platform',
      '/lol/challenges/v1/challenges/{challengeId}/config',
    )<LolChallengesV1.ChallengeConfigInfoDto>,
    getChallengeLeaderboards: get(
      'platform',
      '/lol/challenges/v1/challenges/{challengeId}/leaderboards/by-level/{level}',
    )<LolChallengesV1.ApexPlayerInfoDto[], { limit?: number }>,
    getChallengePercentiles: get('platform', '/lol/challenges/v1/challenges/{challengeId}/percentiles')<
      Record<string, number>
    >,
    getPlayerData: get('platform', '/lol/challenges/v1/player-data/{puuid}')<LolChallengesV1.PlayerInfoDto>,
  },
  lolRsoMatchV1: {
    /** Needs the player's own `authorization` header (RSO). */
    getMatch: get('region', '/lol/rso-match/v1/matches/{matchId}')<MatchV5.MatchDto>,
    /** Needs the player's own `authorization` header (RSO). */
    getMatchIds: get('region', '/lol/rso-match/v1/matches/ids')<
      string[],
      {
        count?: number
        start?: number
        type?: 'ranked' | 'normal' | 'tourney' | 'tutorial'
        queue?: number
        endTime?: number
        startTime?: number
      }
    >,
    /** Needs the player's own `authorization` header (RSO). */
    getTimeline: get('region', '/lol/rso-match/v1/matches/{matchId}/timeline')<MatchV5.TimelineDto>,
  },
  lolStatusV4: {
    getPlatformData: get('platform', '/lol/status/v4/platform-data')<LolStatusV4.PlatformDataDto>,
  },
  matchV5: {
    getMatch: get('region', '/lol/match/v5/matches/{matchId}')<MatchV5.MatchDto>,
    getMatchIdsByPuuid: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/ids')<
      string[],
      {
        startTime?: number
        endTime?: number
        queue?: number
        type?: 'ranked' | 'normal' | 'tourney' | 'tutorial'
        start?: number
        count?: number
      }
    >,
    getReplay: get('region', '/lol/match/v5/matches/by-puuid/{puuid}/replays')<MatchV5.ReplayDTO>,
    getTimeline: get('region', '/lol/match/v5/matches/{matchId}/timeline')<MatchV5.TimelineDto>,
  },
  spectatorV5: {
    getCurrentGameInfoByPuuid: get(
      'platform',
      '/lol/spectator/v5/active-games/by-summoner/{puuid}',
    )<SpectatorV5.CurrentGameInfo>,
  },
  summonerV4: {
    /** Needs the player's own `authorization` header (RSO). */
    getByAccessToken: get('platform', '/lol/summoner/v4/summoners/me')<SummonerV4.SummonerDTO>,
    getByPuuid: get('platform', '/lol/summoner/v4/summoners/by-puuid/{puuid}')<SummonerV4.SummonerDTO>,
  },
  tournamentStubV5: {
    createTournamentCode: post('americas', '/lol/tournament-stub/v5/codes')<
      string[],
      TournamentStubV5.TournamentCodeParametersV5
    >,
    getLobbyEventsByCode: get(
      'americas',
      '/lol/tournament-stub/v5/lobby-events/by-code/{tournamentCode}',
    )<TournamentStubV5.LobbyEventV5DTOWrapper>,
    getTournamentCode: get(
      'americas',
      '/lol/tournament-stub/v5/codes/{tournamentCode}',
    )<TournamentStubV5.TournamentCodeV5DTO>,
    registerProviderData: post('americas', '/lol/tournament-stub/v5/providers')<
      number,
      TournamentStubV5.ProviderRegistrationParametersV5
    >,
    registerTournament: post('americas', '/lol/tournament-stub/v5/tournaments')<
      number,
      TournamentStubV5.TournamentRegistrationParametersV5
    >,
  },
  tournamentV5: {
    createTournamentCode: post('americas', '/lol/tournament/v5/codes')<
      string[],
      TournamentV5.TournamentCodeParametersV5
    >,
    getGames: get('americas', '/lol/tournament/v5/games/by-code/{tournamentCode}')<TournamentV5.TournamentGamesV5[]>,
    getLobbyEventsByCode: get(
      'americas',
      '/lol/tournament/v5/lobby-events/by-code/{tournamentCode}',
    )<TournamentV5.LobbyEventV5DTOWrapper>,
    getTournamentCode: get('americas', '/lol/tournament/v5/codes/{tournamentCode}')<TournamentV5.TournamentCodeV5DTO>,
    registerProviderData: post('americas', '/lol/tournament/v5/providers')<
      number,
      TournamentV5.ProviderRegistrationParametersV5
    >,
    registerTournament: post('americas', '/lol/tournament/v5/tournaments')<
      number,
      TournamentV5.TournamentRegistrationParametersV5
    >,
    updateCode: put('americas', '/lol/tournament/v5/codes/{tournamentCode}')<
      void,
      TournamentV5.TournamentCodeUpdateParametersV5
    >,
  },
} as const
