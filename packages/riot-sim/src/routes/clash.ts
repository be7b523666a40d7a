import { hash } from '../world/hash.ts'
import { Refusal, ok } from './answer.ts'
import { localPlayer, platformIn, requirePlatform, type Handlers, type Question } from './handler.ts'

const TEAM_KIND = 2
const TEAM_SIZE = 5
/** The best players of a platform play in teams: five each, in order. */
const TEAMS = 1000
const TOURNAMENTS = 4
const DAY = 86_400_000
const POSITIONS = ['TOP', 'JUNGLE', 'MIDDLE', 'BOTTOM', 'UTILITY']
const CITIES = ['piltover', 'zaun', 'ionia', 'demacia']

export const CLASH_HANDLERS: Handlers = {
  'clash-v1.getPlayersByPUUID'(question) {
    const player = localPlayer(question, 'puuid', 'summoner')
    const team = Math.floor(player.number / TEAM_SIZE)
    return ok(team < TEAMS ? [member(question, team, player.number % TEAM_SIZE, true)] : [])
  },

  'clash-v1.getTeamById'(question) {
    const team = teamIn(question)
    const h = hash(question.world.seed, platformIn(question), team, 137)
    return ok({
      id: question.call.params['teamId'],
      tournamentId: 1 + (team % TOURNAMENTS),
      name: `Team ${team.toString(36).toUpperCase()}`,
      iconId: h % 30,
      tier: 1 + (h % 4),
      captain: question.key.ids.puuid({ platform: platformIn(question), number: team * TEAM_SIZE }),
      abbreviation: `T${team.toString(36).toUpperCase()}`,
      players: POSITIONS.map((_, seat) => member(question, team, seat, false)),
    })
  },

  'clash-v1.getTournaments': (question) =>
    ok(Array.from({ length: TOURNAMENTS }, (_, i) => tournament(question, i + 1))),
  'clash-v1.getTournamentByTeam': (question) => ok(tournament(question, 1 + (teamIn(question) % TOURNAMENTS))),

  'clash-v1.getTournamentById'(question) {
    const id = Number(question.call.params['tournamentId'])
    if (id < 1 || id > TOURNAMENTS) throw new Refusal(404, 'Data not found')
    return ok(tournament(question, id))
  },
}

function teamIn(question: Question): number {
  const found = question.world.uuids.decode(question.call.params['teamId']!)
  if (found === undefined || found.kind !== TEAM_KIND) throw new Refusal(404, 'Data not found - team not found')
  requirePlatform(question, found.platform, 'team')
  return found.number
}

function member(question: Question, team: number, seat: number, withTeam: boolean): unknown {
  const platform = platformIn(question)
  return {
    puuid: question.key.ids.puuid({ platform, number: team * TEAM_SIZE + seat }),
    ...(withTeam && { teamId: question.world.uuids.encode({ kind: TEAM_KIND, platform, number: team }) }),
    position: POSITIONS[seat]!,
    role: seat === 0 ? 'CAPTAIN' : 'MEMBER',
  }
}

function tournament({ world }: Question, id: number): unknown {
  const startTime = world.options.epoch + id * 7 * DAY
  return {
    id,
    themeId: 20 + id,
    nameKey: CITIES[id - 1]!,
    nameKeySecondary: `day_${id}`,
    schedule: [{ id: 100 + id, registrationTime: startTime - 3 * 3_600_000, startTime, cancelled: id === TOURNAMENTS }],
  }
}
