import type { ValSystem } from '../bodies/val/val-bodies.ts'
import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import { VAL_ACTS } from '../data/val.ts'
import { hash } from '../world/hash.ts'
import type { Player } from '../world/player-ids.ts'
import { Refusal, ok, type Answer } from './answer.ts'
import { int, playerIn, text, type Handlers, type Question } from './handler.ts'
import { valContent } from './val-content.ts'

const MATCH_KIND: Readonly<Record<ValSystem, number>> = { pc: 5, console: 6 }
const LISTED = 100
const LEADERBOARD_SIZE = 15_000
const PAGE = 200

export const VAL_HANDLERS: Handlers = {
  'val-match-v1.getMatch': (question) => match(question, 'pc'),
  'val-match-v1.getMatchlist': (question) => matchlist(question, playerIn(question, 'puuid'), 'pc'),
  'val-match-v1.getRecent': (question) => recent(question, 'pc'),
  'val-ranked-v1.getLeaderboard': (question) => leaderboard(question, 'pc'),
  'val-console-match-v1.getMatch': (question) => match(question, 'console'),
  'val-console-match-v1.getRecent': (question) => recent(question, 'console'),
  'val-console-ranked-v1.getLeaderboard': (question) => leaderboard(question, 'console'),
  'val-content-v1.getContent': (question) => ({ status: 200, body: valContent(text(question, 'locale')) }),

  'val-console-match-v1.getMatchlist'(question) {
    const player = playerIn(question, 'puuid')
    // Everybody has one kind of console.
    const owned = hash(question.world.seed, player.platform, player.number, 251) % 2 === 0 ? 'playstation' : 'xbox'
    return matchlist(question, owned === text(question, 'platformType') ? player : undefined, 'console', player)
  },
}

function matchlist(question: Question, player: Player | undefined, system: ValSystem, owner = player!): Answer {
  const { world, key, call, val, now } = question
  const here = player !== undefined && shardOf(player.platform) === call.route
  const numbers = here ? world.val.history(player, { start: 0, count: LISTED }, now) : []
  return ok({
    puuid: key.ids.puuid(owner),
    history: numbers.map((number) => ({
      matchId: matchId(question, owner.platform, number, system),
      gameStartTimeMillis: world.val.find(owner.platform, number, now)!.createdAt,
      queueId: val.queue(owner.platform, number, system),
    })),
  })
}

function match(question: Question, system: ValSystem): Answer {
  const { world, key, call, val, now } = question
  const id = call.params['matchId']!
  const content = world.uuids.decode(id)
  const found =
    content?.kind === MATCH_KIND[system] && shardOf(content.platform) === call.route
      ? world.val.find(content.platform, content.number, now)
      : undefined
  if (found === undefined) throw new Refusal(404, 'Data not found - match not found')
  return { status: 200, body: val.match(found, key.ids, system, id) }
}

function recent(question: Question, system: ValSystem): Answer {
  const { world, call, val, now } = question
  const matchIds = platformsOf(call.route).flatMap((platform) =>
    world.val
      .newest(platform, LISTED, now)
      .filter((number) => val.queue(platform, number, system) === call.params['queue'])
      .map((number) => matchId(question, platform, number, system)),
  )
  return ok({ currentTime: Math.floor(now), matchIds: matchIds.slice(0, LISTED) })
}

function leaderboard(question: Question, system: ValSystem): Answer {
  const { world, key, call } = question
  const act = VAL_ACTS.find(({ id, type }) => id === call.params['actId'] && type === 'act')
  if (act === undefined) throw new Refusal(404, 'Data not found')
  const platforms = platformsOf(call.route)
  const total = Math.min(LEADERBOARD_SIZE, platforms.length * world.playersPerPlatform)
  const startIndex = int(question, 'startIndex') ?? 0
  const length = Math.max(0, Math.min(int(question, 'size') ?? PAGE, total - startIndex))
  const isPc = system === 'pc'
  const players = Array.from({ length }, (_, i) => {
    const rank = startIndex + i
    // The best of all platforms of the shard in turn.
    const player = { platform: platforms[rank % platforms.length]!, number: Math.floor(rank / platforms.length) }
    const h = hash(world.seed, player.platform, player.number, 257)
    return {
      // Who wants to stay unknown has neither name nor puuid.
      ...(h % 40 !== 0 && { puuid: key.ids.puuid(player), ...world.names.riotId(player) }),
      leaderboardRank: rank + 1,
      rankedRating: Math.max(0, Math.round(1100 - rank * 0.07)),
      numberOfWins: 20 + (h % 230),
      ...(isPc && {
        competitiveTier: rank < 500 ? 27 : 26,
        prefix: '',
        premierRosterType: h % 9 === 0 ? 'PREMIER' : '',
      }),
    }
  })
  if (!isPc) return ok({ actId: act.id, totalPlayers: total, query: '', shard: call.route, players })
  return ok({
    actId: act.id,
    players,
    totalPlayers: total,
    immortalStartingPage: 3,
    immortalStartingIndex: 501,
    topTierRRThreshold: 450,
    tierDetails: {
      '24': { rankedRatingThreshold: 0, startingPage: 35, startingIndex: 6827 },
      '25': { rankedRatingThreshold: 90, startingPage: 13, startingIndex: 2401 },
      '26': { rankedRatingThreshold: 200, startingPage: 3, startingIndex: 501 },
      '27': { rankedRatingThreshold: 450, startingPage: 1, startingIndex: 1 },
    },
    startIndex,
    query: '',
    shard: call.route,
  })
}

function matchId({ world }: Question, platform: number, number: number, system: ValSystem): string {
  return world.uuids.encode({ kind: MATCH_KIND[system], platform, number })
}

function shardOf(platform: number): string {
  return PLATFORM_FACTS[PLATFORM_NAMES[platform]!]!.shard
}

function platformsOf(shard: string): number[] {
  return PLATFORM_NAMES.flatMap((name, platform) => (PLATFORM_FACTS[name]!.shard === shard ? [platform] : []))
}
