import { ROUTE_SETS } from './routes.ts'

/** One operation of the Riot API: what is asked, where, and what comes back. */
export interface Operation {
  /** Service and Riot's operation id, e.g. `match-v5.getMatch`. */
  readonly id: string
  readonly service: string
  readonly verb: string
  /** The path as the reference writes it, `{name}` for a parameter. */
  readonly path: string
  /** The hosts that serve it. */
  readonly routes: readonly string[]
  /** A shape of `SHAPES`, a scalar, or an array or map of them; `none` for an empty body. */
  readonly returns: string
  readonly pathParameters: readonly ParameterRule[]
  readonly queryParameters: readonly ParameterRule[]
  /** The shape of the request body, if one is taken. */
  readonly body: string | undefined
  readonly bodyOptional: boolean
  /** Signed in by the player: needs `Authorization: Bearer`. */
  readonly rso: boolean
  /** A 404 means "there is none". */
  readonly none404: boolean
  /** The method limit on a production key, as others have observed it. */
  readonly limits: string
}

/** What a path or query parameter may be. */
export interface ParameterRule {
  readonly name: string
  readonly required: boolean
  readonly integer: boolean
  readonly min: number
  readonly max: number
  /** The allowed words, or undefined when any is. */
  readonly words: ReadonlySet<string> | undefined
}

/** The method limit where nobody has recorded another. */
const USUAL_LIMIT = '20000:10,1200000:600'

const WORDS: Readonly<Record<string, string>> = {
  $leagueQueue: 'RANKED_SOLO_5x5|RANKED_FLEX_SR|RANKED_FLEX_TT',
  $tier: 'DIAMOND|EMERALD|PLATINUM|GOLD|SILVER|BRONZE|IRON',
  $anyTier: 'CHALLENGER|GRANDMASTER|MASTER|DIAMOND|EMERALD|PLATINUM|GOLD|SILVER|BRONZE|IRON',
  $division: 'I|II|III|IV',
  $tftQueue: 'RANKED_TFT|RANKED_TFT_DOUBLE_UP',
  $matchType: 'ranked|normal|tourney|tutorial',
  $console: 'playstation|xbox',
}

// One line per operation: id, verb, hosts, path with its parameters (`!` required, `int(min..max)`, words), result, flags.
const TABLE = `
account-v1.getActiveRegion GET americasAsiaEurope /riot/account/v1/region/by-game/{game:lol|tft}/by-puuid/{puuid} account-v1.AccountRegionDTO
account-v1.getActiveShard GET americasAsiaEurope /riot/account/v1/active-shards/by-game/{game:val|lor|2xko}/by-puuid/{puuid} account-v1.ActiveShardDto none404
account-v1.getByAccessToken GET account /riot/account/v1/accounts/me account-v1.AccountDto rso
account-v1.getByPuuid GET account /riot/account/v1/accounts/by-puuid/{puuid} account-v1.AccountDto limits=1000:60,20000:10,1200000:600
account-v1.getByRiotId GET account /riot/account/v1/accounts/by-riot-id/{gameName}/{tagLine} account-v1.AccountDto none404 limits=1000:60,20000:10,1200000:600
champion-mastery-v4.getAllChampionMasteriesByPUUID GET platforms /lol/champion-mastery/v4/champion-masteries/by-puuid/{encryptedPUUID} champion-mastery-v4.ChampionMasteryDto[]
champion-mastery-v4.getChampionMasteryByPUUID GET platforms /lol/champion-mastery/v4/champion-masteries/by-puuid/{encryptedPUUID}/by-champion/{championId:int} champion-mastery-v4.ChampionMasteryDto
champion-mastery-v4.getChampionMasteryScoreByPUUID GET platforms /lol/champion-mastery/v4/scores/by-puuid/{encryptedPUUID} int32
champion-mastery-v4.getTopChampionMasteriesByPUUID GET platforms /lol/champion-mastery/v4/champion-masteries/by-puuid/{encryptedPUUID}/top?count=int champion-mastery-v4.ChampionMasteryDto[]
champion-v3.getChampionInfo GET platforms /lol/platform/v3/champion-rotations champion-v3.ChampionInfo limits=30:10,500:600
clash-v1.getPlayersByPUUID GET platforms /lol/clash/v1/players/by-puuid/{puuid} clash-v1.PlayerDto[]
clash-v1.getTeamById GET platforms /lol/clash/v1/teams/{teamId} clash-v1.TeamDto none404 limits=200:60
clash-v1.getTournamentById GET platforms /lol/clash/v1/tournaments/{tournamentId:int} clash-v1.TournamentDto none404 limits=10:60
clash-v1.getTournamentByTeam GET platforms /lol/clash/v1/tournaments/by-team/{teamId} clash-v1.TournamentDto none404 limits=200:60
clash-v1.getTournaments GET platforms /lol/clash/v1/tournaments clash-v1.TournamentDto[] limits=10:60
league-exp-v4.getLeagueEntries GET platforms /lol/league-exp/v4/entries/{queue:RANKED_SOLO_5x5|RANKED_TFT|RANKED_FLEX_SR|RANKED_FLEX_TT}/{tier:$anyTier}/{division:$division}?page=int(1..) league-exp-v4.LeagueEntryDTO[] none404 limits=50:10
league-v4.getChallengerLeague GET platforms /lol/league/v4/challengerleagues/by-queue/{queue:$leagueQueue} league-v4.LeagueListDTO limits=30:10,500:600
league-v4.getGrandmasterLeague GET platforms /lol/league/v4/grandmasterleagues/by-queue/{queue:$leagueQueue} league-v4.LeagueListDTO limits=30:10,500:600
league-v4.getLeagueById GET platforms /lol/league/v4/leagues/{leagueId} league-v4.LeagueListDTO none404 limits=500:10
league-v4.getLeagueEntries GET platforms /lol/league/v4/entries/{queue:$leagueQueue}/{tier:$tier}/{division:$division}?page=int(1..) league-v4.LeagueEntryDTO[] none404 limits=50:10
league-v4.getLeagueEntriesByPUUID GET platforms /lol/league/v4/entries/by-puuid/{encryptedPUUID} league-v4.LeagueEntryDTO[]
league-v4.getMasterLeague GET platforms /lol/league/v4/masterleagues/by-queue/{queue:$leagueQueue} league-v4.LeagueListDTO limits=30:10,500:600
lol-challenges-v1.getAllChallengeConfigs GET platformsAndPbe /lol/challenges/v1/challenges/config lol-challenges-v1.ChallengeConfigInfoDto[]
lol-challenges-v1.getAllChallengePercentiles GET platformsAndPbe /lol/challenges/v1/challenges/percentiles map<int64,map<string,double>>
lol-challenges-v1.getChallengeConfigs GET platformsAndPbe /lol/challenges/v1/challenges/{challengeId:int}/config lol-challenges-v1.ChallengeConfigInfoDto none404
lol-challenges-v1.getChallengeLeaderboards GET platformsAndPbe /lol/challenges/v1/challenges/{challengeId:int}/leaderboards/by-level/{level:NONE|IRON|BRONZE|SILVER|GOLD|PLATINUM|DIAMOND|MASTER|GRANDMASTER|CHALLENGER|HIGHEST_NOT_LEADERBOARD_ONLY|HIGHEST|LOWEST}?limit=int lol-challenges-v1.ApexPlayerInfoDto[] none404
lol-challenges-v1.getChallengePercentiles GET platformsAndPbe /lol/challenges/v1/challenges/{challengeId:int}/percentiles map<string,double> none404
lol-challenges-v1.getPlayerData GET platformsAndPbe /lol/challenges/v1/player-data/{puuid} lol-challenges-v1.PlayerInfoDto
lol-rso-match-v1.getMatch GET regions /lol/rso-match/v1/matches/{matchId} match-v5.MatchDto rso
lol-rso-match-v1.getMatchIds GET regions /lol/rso-match/v1/matches/ids?count=int(0..100)&start=int&type=$matchType&queue=int&endTime=int&startTime=int string[] rso
lol-rso-match-v1.getTimeline GET regions /lol/rso-match/v1/matches/{matchId}/timeline match-v5.TimelineDto rso
lol-status-v4.getPlatformData GET statusPlatforms /lol/status/v4/platform-data lol-status-v4.PlatformDataDto
match-v5.getMatch GET regions /lol/match/v5/matches/{matchId} match-v5.MatchDto none404 limits=2000:10
match-v5.getMatchIdsByPUUID GET regions /lol/match/v5/matches/by-puuid/{puuid}/ids?startTime=int&endTime=int&queue=int&type=$matchType&start=int&count=int(0..100) string[] limits=2000:10
match-v5.getReplay GET regions /lol/match/v5/matches/by-puuid/{puuid}/replays match-v5.ReplayDTO
match-v5.getTimeline GET regions /lol/match/v5/matches/{matchId}/timeline match-v5.TimelineDto none404 limits=2000:10
spectator-v5.getCurrentGameInfoByPuuid GET platforms /lol/spectator/v5/active-games/by-summoner/{encryptedPUUID} spectator-v5.CurrentGameInfo none404
summoner-v4.getByAccessToken GET platforms /lol/summoner/v4/summoners/me summoner-v4.SummonerDTO rso
summoner-v4.getByPUUID GET platforms /lol/summoner/v4/summoners/by-puuid/{encryptedPUUID} summoner-v4.SummonerDTO none404 limits=1600:60
tournament-stub-v5.createTournamentCode POST americas /lol/tournament-stub/v5/codes?count=int(..1000)&tournamentId!=int string[] body=tournament-stub-v5.TournamentCodeParametersV5
tournament-stub-v5.getLobbyEventsByCode GET americas /lol/tournament-stub/v5/lobby-events/by-code/{tournamentCode} tournament-stub-v5.LobbyEventV5DTOWrapper
tournament-stub-v5.getTournamentCode GET americas /lol/tournament-stub/v5/codes/{tournamentCode} tournament-stub-v5.TournamentCodeV5DTO
tournament-stub-v5.registerProviderData POST americas /lol/tournament-stub/v5/providers int32 body=tournament-stub-v5.ProviderRegistrationParametersV5
tournament-stub-v5.registerTournament POST americas /lol/tournament-stub/v5/tournaments int32 body=tournament-stub-v5.TournamentRegistrationParametersV5
tournament-v5.createTournamentCode POST americas /lol/tournament/v5/codes?tournamentId!=int&count=int(..1000) string[] body=tournament-v5.TournamentCodeParametersV5
tournament-v5.getGames GET americas /lol/tournament/v5/games/by-code/{tournamentCode} tournament-v5.TournamentGamesV5[]
tournament-v5.getLobbyEventsByCode GET americas /lol/tournament/v5/lobby-events/by-code/{tournamentCode} tournament-v5.LobbyEventV5DTOWrapper
tournament-v5.getTournamentCode GET americas /lol/tournament/v5/codes/{tournamentCode} tournament-v5.TournamentCodeV5DTO
tournament-v5.registerProviderData POST americas /lol/tournament/v5/providers int32 body=tournament-v5.ProviderRegistrationParametersV5
tournament-v5.registerTournament POST americas /lol/tournament/v5/tournaments int32 body=tournament-v5.TournamentRegistrationParametersV5
tournament-v5.updateCode PUT americas /lol/tournament/v5/codes/{tournamentCode} none body=tournament-v5.TournamentCodeUpdateParametersV5?
spectator-tft-v5.getCurrentGameInfoByPuuid GET platforms /lol/spectator/tft/v5/active-games/by-puuid/{encryptedPUUID} spectator-tft-v5.CurrentGameInfo none404
tft-league-v1.getChallengerLeague GET platforms /tft/league/v1/challenger?queue=$tftQueue tft-league-v1.LeagueListDTO
tft-league-v1.getGrandmasterLeague GET platforms /tft/league/v1/grandmaster?queue=$tftQueue tft-league-v1.LeagueListDTO
tft-league-v1.getLeagueById GET platforms /tft/league/v1/leagues/{leagueId} tft-league-v1.LeagueListDTO none404
tft-league-v1.getLeagueEntries GET platforms /tft/league/v1/entries/{tier:$tier}/{division:$division}?queue=$tftQueue&page=int(1..) tft-league-v1.LeagueEntryDTO[]
tft-league-v1.getLeagueEntriesByPUUID GET platforms /tft/league/v1/by-puuid/{puuid} tft-league-v1.LeagueEntryDTO[]
tft-league-v1.getMasterLeague GET platforms /tft/league/v1/master?queue=$tftQueue tft-league-v1.LeagueListDTO
tft-league-v1.getTopRatedLadder GET platforms /tft/league/v1/rated-ladders/{queue:RANKED_TFT_TURBO}/top tft-league-v1.TopRatedLadderEntryDto[]
tft-match-v1.getMatch GET regionsAndEsports /tft/match/v1/matches/{matchId} tft-match-v1.MatchDto none404
tft-match-v1.getMatchIdsByPUUID GET regionsAndEsports /tft/match/v1/matches/by-puuid/{puuid}/ids?start=int&endTime=int&startTime=int&count=int string[]
tft-status-v1.getPlatformData GET platformsAndPbe /tft/status/v1/platform-data tft-status-v1.PlatformDataDto
tft-summoner-v1.getByAccessToken GET platforms /tft/summoner/v1/summoners/me tft-summoner-v1.SummonerDTO rso
tft-summoner-v1.getByPUUID GET platforms /tft/summoner/v1/summoners/by-puuid/{encryptedPUUID} tft-summoner-v1.SummonerDTO
val-console-match-v1.getMatch GET valConsole /val/match/console/v1/matches/{matchId} val-console-match-v1.MatchDto none404
val-console-match-v1.getMatchlist GET valConsole /val/match/console/v1/matchlists/by-puuid/{puuid}?platformType!=$console val-console-match-v1.MatchlistDto
val-console-match-v1.getRecent GET valConsole /val/match/console/v1/recent-matches/by-queue/{queue:console_unrated|console_swiftplay|console_hurm|console_deathmatch|console_competitive} val-console-match-v1.RecentMatchesDto
val-console-ranked-v1.getLeaderboard GET valConsoleRanked /val/console/ranked/v1/leaderboards/by-act/{actId}?platformType!=$console&startIndex=int&size=int(1..200) val-console-ranked-v1.LeaderboardDto none404
val-content-v1.getContent GET valAndEsports /val/content/v1/contents?locale=string val-content-v1.ContentDto
val-match-v1.getMatch GET valAndEsports /val/match/v1/matches/{matchId} val-match-v1.MatchDto none404
val-match-v1.getMatchlist GET valAndEsports /val/match/v1/matchlists/by-puuid/{puuid} val-match-v1.MatchlistDto
val-match-v1.getRecent GET valAndEsports /val/match/v1/recent-matches/by-queue/{queue:competitive|unrated|spikerush|tournamentmode|deathmatch|onefa|ggteam|hurm|swiftplay|dodgeball|skirmish1v1|skirmish2v2} val-match-v1.RecentMatchesDto
val-ranked-v1.getLeaderboard GET val /val/ranked/v1/leaderboards/by-act/{actId}?size=int(1..200)&startIndex=int val-ranked-v1.LeaderboardDto none404
val-status-v1.getPlatformData GET val /val/status/v1/platform-data val-status-v1.PlatformDataDto
lor-deck-v1.createDeck POST lor /lor/deck/v1/decks/me string body=lor-deck-v1.NewDeckDto rso
lor-deck-v1.getDecks GET lor /lor/deck/v1/decks/me lor-deck-v1.DeckDto[] rso
lor-inventory-v1.getCards GET lor /lor/inventory/v1/cards/me lor-inventory-v1.CardDto[] rso
lor-match-v1.getMatch GET lorAndApac /lor/match/v1/matches/{matchId} lor-match-v1.MatchDto
lor-match-v1.getMatchIdsByPUUID GET lorAndApac /lor/match/v1/matches/by-puuid/{puuid}/ids string[]
lor-ranked-v1.getLeaderboards GET lor /lor/ranked/v1/leaderboards lor-ranked-v1.LeaderboardDto
lor-status-v1.getPlatformData GET lor /lor/status/v1/platform-data lor-status-v1.PlatformDataDto
riftbound-content-v1.getContent GET americasAsiaEurope /riftbound/content/v1/contents?locale=string riftbound-content-v1.RiftboundContentDTO
`

/** Every operation of the API as of mid-2026. */
export const OPERATIONS: readonly Operation[] = TABLE.trim().split('\n').map(parseLine)

const BY_ID: ReadonlyMap<string, Operation> = new Map(OPERATIONS.map((operation) => [operation.id, operation]))

/** The operation with this id; throws RangeError for an unknown one. */
export function operationById(id: string): Operation {
  const operation = BY_ID.get(id)
  if (operation === undefined) {
    throw new RangeError(
      `operation must be the id of a Riot operation, such as match-v5.getMatch, not ${JSON.stringify(id)}`,
    )
  }
  return operation
}

function parseLine(line: string): Operation {
  const [id, verb, routes, pathAndQuery, returns, ...flags] = line.split(' ') as [
    string,
    string,
    string,
    string,
    string,
  ]
  const [typedPath, query] = pathAndQuery.split('?') as [string, string?]
  const option = (name: string): string | undefined =>
    (flags as string[]).find((flag) => flag.startsWith(`${name}=`))?.slice(name.length + 1)
  const body = option('body')
  const typed = [...typedPath.matchAll(/\{(\w+)(?::([^}]+))?\}/g)]
  return {
    id,
    service: id.slice(0, id.indexOf('.')),
    verb,
    path: typedPath.replace(/:[^}/]+\}/g, '}'),
    routes: ROUTE_SETS[routes]!,
    returns,
    pathParameters: typed.map(([, name, rule]) => parseRule(`${name}!`, rule ?? 'string')),
    queryParameters: (query?.split('&') ?? []).map((pair) => parseRule(...(pair.split('=') as [string, string]))),
    body: body?.replace('?', ''),
    bodyOptional: body?.endsWith('?') ?? false,
    rso: (flags as string[]).includes('rso'),
    none404: (flags as string[]).includes('none404'),
    limits: option('limits') ?? USUAL_LIMIT,
  }
}

function parseRule(name: string, rule: string): ParameterRule {
  const range = /^int(?:\((\d*)\.\.(\d*)\))?$/.exec(rule)
  return {
    name: name.replace('!', ''),
    required: name.endsWith('!'),
    integer: range !== null,
    min: Number(range?.[1] || 0),
    max: Number(range?.[2] || Number.MAX_SAFE_INTEGER),
    words: range || rule === 'string' ? undefined : new Set((WORDS[rule] ?? rule).split('|')),
  }
}
