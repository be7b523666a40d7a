import { lolGameId, lolMatchNumber } from '../bodies/lol/lol-bodies.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'
import type { FoundMatch } from '../world/match-series.ts'
import type { Player } from '../world/player-ids.ts'
import { Refusal, ok, type Answer } from './answer.ts'
import { int, isInRegion, playerIn, text, type Handlers, type Question } from './handler.ts'
import { matchTournamentCode } from './tournaments.ts'

const MATCH_FILE = 'Data not found - match file not found'

export const MATCH_HANDLERS: Handlers = {
  'match-v5.getMatch': (question) => match(question, findMatch(question)),
  'match-v5.getTimeline': (question) => timeline(question, findMatch(question)),
  'match-v5.getMatchIdsByPUUID': (question) => matchIds(question, playerIn(question, 'puuid')),

  'match-v5.getReplay'(question) {
    const player = playerIn(question, 'puuid')
    const ids = isInRegion(question, player.platform) ? lolHistory(question, player, 0, 5) : []
    const files = ids.map((id) => `https://replays.invalid/${question.call.route}/${id}.rofl`)
    return ok({ total: files.length, matchFileURLs: files })
  },

  'lol-rso-match-v1.getMatch': (question) => match(question, ownMatch(question)),
  'lol-rso-match-v1.getTimeline': (question) => timeline(question, ownMatch(question)),
  'lol-rso-match-v1.getMatchIds': (question) => matchIds(question, question.signedIn!),
}

/** The ids of a player's matches of League of Legends, newest first. */
function lolHistory(question: Question, player: Player, start: number, count: number): string[] {
  const { world, now } = question
  const queue = int(question, 'queue')
  const type = text(question, 'type')
  const numbers = world.lol.history(
    player,
    {
      start,
      count,
      ...timeSpan(question),
      ...((queue !== undefined || type !== undefined) && {
        accepts: (number, round) => {
          const found = world.lolQueue(player.platform, number, round)
          return (queue === undefined || found.id === queue) && (type === undefined || found.type === type)
        },
      }),
    },
    now,
  )
  const prefix = PLATFORM_NAMES[player.platform]!.toUpperCase()
  return numbers.map((number) => `${prefix}_${lolGameId(number)}`)
}

/** The span of `startTime` and `endTime`, which are given in seconds. */
export function timeSpan(question: Question): { from?: number; to?: number } {
  const from = int(question, 'startTime')
  const to = int(question, 'endTime')
  return { ...(from !== undefined && { from: from * 1000 }), ...(to !== undefined && { to: to * 1000 }) }
}

/** Platform and game id of a match id such as `NA1_4512345678`; refuses what has another form. */
export function parseMatchId(question: Question): { platform: number; gameId: number } {
  const id = question.call.params['matchId']!
  const [, prefix, digits] = /^([A-Z0-9]+)_(\d{1,15})$/.exec(id) ?? []
  if (prefix === undefined) throw new Refusal(400, `Bad Request - Invalid match id: ${id}`)
  return { platform: PLATFORM_NAMES.indexOf(prefix.toLowerCase()), gameId: Number(digits) }
}

function matchIds(question: Question, player: Player): Answer {
  if (!isInRegion(question, player.platform)) return ok([])
  return ok(lolHistory(question, player, int(question, 'start') ?? 0, int(question, 'count') ?? 20))
}

function match(question: Question, found: FoundMatch): Answer {
  const { lol, key, world } = question
  return { status: 200, body: lol.match(found, key.ids, matchTournamentCode(world, found)) }
}

function timeline({ lol, key }: Question, found: FoundMatch): Answer {
  const body = lol.timeline(found, key.ids)
  if (body === undefined) throw new Refusal(404, 'Data not found - timeline not found')
  return { status: 200, body }
}

function findMatch(question: Question): FoundMatch {
  const { platform, gameId } = parseMatchId(question)
  // Only the region that keeps a platform's matches knows them.
  if (platform === -1 || !isInRegion(question, platform)) throw new Refusal(404, MATCH_FILE)
  const found = question.world.lol.find(platform, lolMatchNumber(gameId), question.now)
  if (found === undefined) throw new Refusal(404, MATCH_FILE)
  return found
}

/** Who signed in sees only matches that they took part in. */
function ownMatch(question: Question): FoundMatch {
  const found = findMatch(question)
  const { platform, number } = question.signedIn!
  if (!found.players.some((player) => player.platform === platform && player.number === number)) {
    throw new Refusal(404, MATCH_FILE)
  }
  return found
}
