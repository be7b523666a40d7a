import { RawBody, type Body } from '../bodies/body.ts'
import type { ApiKey } from '../keys.ts'
import { hash, unit } from '../world/hash.ts'
import type { Division, Ladder } from '../world/ladder.ts'
import { NO_CONTENT, Refusal, ok, type Answer } from './answer.ts'
import { int, localPlayer, platformIn, requirePlatform, text, type Handlers, type Question } from './handler.ts'

const PAGE = 205
/** The last entries of a page are the first of the next one (developer-relations#685, #1115). */
const OVERLAP = 5
/** No list of a division goes further (developer-relations#1115). */
const LAST_ENTRY = 10_000
/** Players of one league below the top. */
const LEAGUE_SIZE = 250
const LEAGUE_KIND = 1
const QUEUES = ['RANKED_SOLO_5x5', 'RANKED_FLEX_SR', 'RANKED_TFT', 'RANKED_TFT_DOUBLE_UP']
const RATED_TIERS = ['GRAY', 'GREEN', 'BLUE', 'PURPLE', 'ORANGE']
const RATED_PLAYERS = 100

export const LEAGUE_HANDLERS: Handlers = {
  'league-v4.getChallengerLeague': (question) => apexLeague(question, question.call.params['queue']!, 'CHALLENGER'),
  'league-v4.getGrandmasterLeague': (question) => apexLeague(question, question.call.params['queue']!, 'GRANDMASTER'),
  'league-v4.getMasterLeague': (question) => apexLeague(question, question.call.params['queue']!, 'MASTER'),
  'league-v4.getLeagueById': leagueById,
  'league-v4.getLeagueEntries': (question) => entriesPage(question, question.call.params['queue']!),
  'league-exp-v4.getLeagueEntries': (question) => entriesPage(question, question.call.params['queue']!),

  'league-v4.getLeagueEntriesByPUUID'(question) {
    const player = localPlayer(question, 'encryptedPUUID', 'summoner')
    return ok(entriesOf(question, player.number, ['RANKED_SOLO_5x5', 'RANKED_FLEX_SR']))
  },

  'tft-league-v1.getChallengerLeague': (question) => apexLeague(question, tftQueue(question), 'CHALLENGER'),
  'tft-league-v1.getGrandmasterLeague': (question) => apexLeague(question, tftQueue(question), 'GRANDMASTER'),
  'tft-league-v1.getMasterLeague': (question) => apexLeague(question, tftQueue(question), 'MASTER'),
  'tft-league-v1.getLeagueById': leagueById,
  'tft-league-v1.getLeagueEntries': (question) => entriesPage(question, tftQueue(question)),

  'tft-league-v1.getLeagueEntriesByPUUID'(question) {
    const player = localPlayer(question, 'puuid', 'summoner')
    const entries = entriesOf(question, player.number, ['RANKED_TFT', 'RANKED_TFT_DOUBLE_UP'])
    const rated = ratedEntry(question, player.number)
    if (rated !== undefined) {
      const { puuid, ratedTier, ratedRating, wins } = rated
      entries.push({
        puuid,
        queueType: 'RANKED_TFT_TURBO',
        ratedTier,
        ratedRating,
        wins,
        losses: Math.round(wins * 0.9),
      })
    }
    return ok(entries)
  },

  'tft-league-v1.getTopRatedLadder'(question) {
    return ok(
      Array.from({ length: Math.min(RATED_PLAYERS, question.world.playersPerPlatform) }, (_, player) =>
        ratedEntry(question, player),
      ),
    )
  },
}

function apexLeague(question: Question, queue: string, tier: string): Answer {
  const ladder = question.world.ladder(platformIn(question), queue)
  const division = ladder?.division(tier, 'I')
  // A queue that is not played any more has a league without an id.
  if (ladder === undefined || division === undefined) return ok({ tier, entries: [] })
  return { status: 200, body: league(question, ladder, division, queue, division.first, division.size) }
}

function leagueById(question: Question): Answer {
  const found = question.world.uuids.decode(question.call.params['leagueId']!)
  if (found === undefined || found.kind !== LEAGUE_KIND) throw new Refusal(404, 'Data not found - league not found')
  requirePlatform(question, found.platform, 'league')
  const queue = QUEUES[found.number % QUEUES.length]!
  const isTft = queue.startsWith('RANKED_TFT')
  const ladder = question.world.ladder(found.platform, queue)!
  const first = Math.floor(found.number / QUEUES.length)
  if (isTft !== question.call.path.startsWith('/tft')) throw new Refusal(404, 'Data not found - league not found')
  const division = ladder.divisionAt(first)
  const size = isApex(division) ? division.size : Math.min(LEAGUE_SIZE, division.first + division.size - first)
  return { status: 200, body: league(question, ladder, division, queue, first, size) }
}

/** Leagues by what they are of, for each key. They are the same for ever, and making one takes as long as twenty matches. */
const LEAGUES = new WeakMap<ApiKey, Map<string, Body>>()
/** A league is 60 kB, or more for masters. */
const MOST_LEAGUES = 40

function league(
  question: Question,
  ladder: Ladder,
  division: Division,
  queue: string,
  first: number,
  size: number,
): Body {
  const { key } = question
  let known = LEAGUES.get(key)
  if (known === undefined) LEAGUES.set(key, (known = new Map()))
  const name = `${ladder.platform} ${queue} ${first}`
  let body = known.get(name)
  if (body === undefined) {
    const value = {
      tier: division.tier,
      leagueId: leagueId(question, ladder, queue, first),
      queue,
      name: `Sim's ${division.tier.toLowerCase()} ${first.toString(36)}`,
      entries: Array.from({ length: size }, (_, i) => item(question, ladder, queue, first + i)),
    }
    body = new RawBody(Buffer.from(JSON.stringify(value)))
    if (known.size >= MOST_LEAGUES) known.delete(known.keys().next().value!)
    known.set(name, body)
  }
  return body
}

function entriesPage(question: Question, queue: string): Answer {
  const { tier, division: rank } = question.call.params
  const { world } = question
  const ladder = world.ladder(platformIn(question), queue)
  const division = ladder?.division(tier!, rank!)
  const size = Math.min(LAST_ENTRY, division?.size ?? 0)
  let from = ((int(question, 'page') ?? 1) - 1) * (PAGE - OVERLAP)
  if (from > 0 && from + OVERLAP >= size) {
    if (world.options.ladderEnd === 'no-content') return NO_CONTENT
    if (world.options.ladderEnd === 'empty') return ok([])
    from = Math.max(0, Math.floor((size - OVERLAP - 1) / (PAGE - OVERLAP)) * (PAGE - OVERLAP))
  }
  if (size === 0 && world.options.ladderEnd === 'no-content') return NO_CONTENT
  const length = Math.max(0, Math.min(PAGE, size - from))
  return ok(Array.from({ length }, (_, i) => entry(question, ladder!, queue, division!.first + from + i)))
}

function entriesOf(question: Question, player: number, queues: readonly string[]): Record<string, unknown>[] {
  return queues.flatMap((queue) => {
    const ladder = question.world.ladder(platformIn(question), queue)!
    const place = ladder.placeOf(player)
    return place === -1 ? [] : [entry(question, ladder, queue, place)]
  })
}

function entry(question: Question, ladder: Ladder, queue: string, place: number): Record<string, unknown> {
  const division = ladder.divisionAt(place)
  const into = isApex(division) ? 0 : (place - division.first) % LEAGUE_SIZE
  return {
    leagueId: leagueId(question, ladder, queue, isApex(division) ? division.first : place - into),
    queueType: queue,
    tier: division.tier,
    ...item(question, ladder, queue, place),
  }
}

function item(question: Question, ladder: Ladder, queue: string, place: number): Record<string, unknown> {
  const { world, key } = question
  const player = { platform: platformIn(question), number: ladder.playerAt(place) }
  const h = hash(world.seed, player.platform, player.number, QUEUES.indexOf(queue) + 103)
  const games = 20 + Math.floor(unit(hash(h, 1)) ** 2 * 900)
  const wins = Math.round(games * (0.46 + 0.14 * unit(hash(h, 2))))
  return {
    puuid: key.ids.puuid(player),
    leaguePoints: ladder.points(place),
    rank: ladder.divisionAt(place).rank,
    wins,
    losses: games - wins,
    veteran: h % 3 === 0,
    inactive: h % 41 === 0,
    freshBlood: h % 7 === 0,
    hotStreak: h % 5 === 0,
    ...(h % 37 === 0 && { miniSeries: { losses: 0, progress: 'WNN', target: 2, wins: 1 } }),
  }
}

function ratedEntry(
  question: Question,
  player: number,
):
  | { puuid: string; ratedTier: string; ratedRating: number; wins: number; previousUpdateLadderPosition: number }
  | undefined {
  const { world, key } = question
  if (player >= RATED_PLAYERS) return undefined
  const platform = platformIn(question)
  const rating = 9500 - player * 55
  return {
    puuid: key.ids.puuid({ platform, number: player }),
    ratedTier: RATED_TIERS[Math.min(4, Math.floor(rating / 2000))]!,
    ratedRating: rating,
    wins: 40 + (hash(world.seed, platform, player, 107) % 200),
    previousUpdateLadderPosition: player + 1,
  }
}

function leagueId({ world }: Question, ladder: Ladder, queue: string, first: number): string {
  const division = ladder.divisionAt(first)
  const number = (isApex(division) ? division.first : first) * QUEUES.length + QUEUES.indexOf(queue)
  return world.uuids.encode({ kind: LEAGUE_KIND, platform: ladder.platform, number })
}

function isApex({ tier }: Division): boolean {
  return tier === 'CHALLENGER' || tier === 'GRANDMASTER' || tier === 'MASTER'
}

function tftQueue(question: Question): string {
  return text(question, 'queue') ?? 'RANKED_TFT'
}
