import { lolGameId } from '../bodies/lol/lol-bodies.ts'
import { knownFields, shapeProblem } from '../data/shape-problem.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'
import { Refusal, ok } from './answer.ts'
import { int, type Handler, type Handlers, type Question } from './handler.ts'
import { matchOfCode, type TournamentCode } from './tournaments.ts'
import { EMPTY_BODY } from '../bodies/body.ts'

const MOST_CODES = 1000

type CodeParameters = Pick<TournamentCode, 'teamSize' | 'mapType' | 'spectatorType' | 'pickType'> & {
  allowedParticipants?: string[]
  metadata?: string
}

/** The stub has the same operations as the real service, but for games and changes; each keeps its own codes. */
export const TOURNAMENT_HANDLERS: Handlers = {
  ...both('registerProviderData', (question) => {
    const { region } = bodyOf(question) as { region: string }
    return ok(question.tournaments.addProvider(ownerOf(question), region).id)
  }),

  ...both('registerTournament', (question) => {
    const { providerId, name = '' } = bodyOf(question) as { providerId: number; name?: string }
    const tournament = question.tournaments.addTournament(ownerOf(question), providerId, name)
    if (tournament === undefined) throw new Refusal(400, 'Bad Request - Provider not found')
    return ok(tournament.id)
  }),

  ...both('createTournamentCode', (question) => {
    const body = bodyOf(question) as unknown as CodeParameters
    const { tournaments, world } = question
    const owner = ownerOf(question)
    const tournament = tournaments.tournament(owner, int(question, 'tournamentId')!)
    if (tournament === undefined) throw new Refusal(400, 'Bad Request - Tournament not found')
    const count = int(question, 'count') ?? 1
    if (count < 1 || count > MOST_CODES) throw new Refusal(400, `Bad Request - count must be from 1 to ${MOST_CODES}`)
    const { teamSize, mapType, spectatorType, pickType, metadata = '', allowedParticipants = [] } = body
    const details = { teamSize, mapType, spectatorType, pickType, metadata, participants: allowedParticipants }
    return ok(Array.from({ length: count }, () => tournaments.addCode(owner, world, tournament, details).code))
  }),

  ...both('getTournamentCode', (question) => {
    const found = codeIn(question)
    const stub = isStub(question)
    return ok({
      id: found.id,
      providerId: found.tournament.provider.id,
      tournamentId: found.tournament.id,
      code: found.code,
      region: found.tournament.provider.region,
      map: found.mapType,
      teamSize: found.teamSize,
      ...(!stub && { spectators: found.spectatorType }),
      pickType: found.pickType,
      lobbyName: `${found.tournament.name || 'Lobby'} ${found.id}`,
      password: found.code.slice(-8),
      metaData: found.metadata,
      participants: found.participants,
    })
  }),

  ...both('getLobbyEventsByCode', (question) => {
    const { participants } = codeIn(question)
    const event = (eventType: string, puuid: string, i: number): unknown => ({
      timestamp: String(question.now + i * 1000),
      eventType,
      puuid,
    })
    return ok({
      eventList: [
        ...participants.slice(0, 1).map((puuid) => event('PracticeGameCreatedEvent', puuid, 0)),
        ...participants.map((puuid, i) => event('PlayerJoinedGameEvent', puuid, i + 1)),
      ],
    })
  }),

  'tournament-v5.updateCode'(question) {
    const found = codeIn(question)
    if (question.call.body) {
      const body = bodyOf(question) as { pickType: string; spectatorType: string; allowedParticipants?: string[] }
      found.pickType = body.pickType
      found.spectatorType = body.spectatorType
      found.participants = body.allowedParticipants ?? found.participants
    }
    return { status: 200, body: EMPTY_BODY }
  },

  'tournament-v5.getGames'(question) {
    const { world, lol, key, now } = question
    const code = question.call.params['tournamentCode']!
    const found = matchOfCode(world, code, now)
    if (found === undefined) {
      codeIn(question)
      return ok([])
    }
    // Who sat first is team 100; both teams of the match are told here as the match tells them.
    const { info } = JSON.parse(lol.match(found, key.ids).bytes().toString()) as {
      info: { participants: { puuid: string; win: boolean }[] }
    }
    const team = (win: boolean): unknown[] =>
      info.participants.filter((participant) => participant.win === win).map(({ puuid }) => ({ puuid }))
    return ok([
      {
        startTime: found.createdAt,
        winningTeam: team(true),
        losingTeam: team(false),
        shortCode: code,
        metaData: '',
        gameId: lolGameId(found.number),
        gameName: `teambuilder-match-${lolGameId(found.number)}`,
        gameType: 'Practice',
        gameMap: 11,
        gameMode: 'CLASSIC',
        region: PLATFORM_NAMES[found.players[0]!.platform]!.toUpperCase(),
      },
    ])
  },
}

function both(method: string, handler: Handler): Handlers {
  return { [`tournament-v5.${method}`]: handler, [`tournament-stub-v5.${method}`]: handler }
}

function isStub({ call }: Question): boolean {
  return call.operation!.service === 'tournament-stub-v5'
}

function ownerOf(question: Question): string {
  return `${question.key.id} ${isStub(question) ? 'stub' : 'real'}`
}

function codeIn(question: Question): TournamentCode {
  const found = question.tournaments.code(ownerOf(question), question.call.params['tournamentCode']!)
  if (found === undefined) throw new Refusal(404, 'Data not found - tournament code not found')
  return found
}

/** The body of the request, checked against its shape. */
export function bodyOf({ call }: Question): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(call.body ?? '')
  } catch {
    throw new Refusal(400, 'Bad Request - The body is no JSON')
  }
  const shape = call.operation!.body!
  const known = new Set(knownFields(shape))
  // What a service does not know it ignores.
  const fields = Object.fromEntries(Object.entries(Object(value) as object).filter(([name]) => known.has(name)))
  const problem = shapeProblem(shape, fields, '', 'body')
  if (problem !== undefined) throw new Refusal(400, `Bad Request - ${problem}`)
  return fields
}
