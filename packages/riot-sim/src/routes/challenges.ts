import { RawBody, type Body } from '../bodies/body.ts'
import { LOL_LOCALES } from '../data/locales.ts'
import { hash, unit } from '../world/hash.ts'
import { Random } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { Refusal, ok } from './answer.ts'
import { int, platformIn, playerIn, type Handlers, type Question } from './handler.ts'

const LEVELS = ['IRON', 'BRONZE', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND', 'MASTER', 'GRANDMASTER', 'CHALLENGER']
const LEADERBOARD_LEVELS = new Set(['MASTER', 'GRANDMASTER', 'CHALLENGER'])
const CATEGORIES = ['IMAGINATION', 'COLLECTION', 'VETERANCY', 'EXPERTISE', 'TEAMWORK']
const SUBJECTS = [
  'Dragons',
  'Barons',
  'Turrets',
  'Wards',
  'Pentakills',
  'Steals',
  'Comebacks',
  'Flashes',
  'Minions',
  'Assists',
]

/** What a platform knows of a player who never played there. */
const NOTHING_DONE = {
  totalPoints: { level: 'NONE', current: 0, max: 28_780 },
  categoryPoints: Object.fromEntries(
    CATEGORIES.map((name, i) => [name, { level: 'NONE', current: 0, max: 4200 + i * 700 }]),
  ),
  challenges: [],
  preferences: {},
}

/** Six digits, the first of which is the category. */
const CHALLENGE_IDS: readonly number[] = Array.from(
  { length: 330 },
  (_, i) => (1 + Math.floor(i / 66)) * 100_000 + 1000 + (i % 66) * 100,
)

// Both lists are the same for everybody, and large: made once per world.
const CONFIGS = new WeakMap<World, Body>()
const PERCENTILES = new WeakMap<World, Body>()

export const CHALLENGE_HANDLERS: Handlers = {
  'lol-challenges-v1.getAllChallengeConfigs': ({ world }) => ({
    status: 200,
    body: once(CONFIGS, world, () => CHALLENGE_IDS.map((id) => config(world, id))),
  }),
  'lol-challenges-v1.getAllChallengePercentiles': ({ world }) => ({
    status: 200,
    body: once(PERCENTILES, world, () => Object.fromEntries(CHALLENGE_IDS.map((id) => [id, percentiles(world, id)]))),
  }),
  'lol-challenges-v1.getChallengeConfigs': (question) => ok(config(question.world, challengeIn(question))),
  'lol-challenges-v1.getChallengePercentiles': (question) => ok(percentiles(question.world, challengeIn(question))),

  'lol-challenges-v1.getChallengeLeaderboards'(question) {
    const { world, key, call } = question
    const id = challengeIn(question)
    const level = call.params['level']!
    if (!LEADERBOARD_LEVELS.has(level) || !hasLeaderboard(id)) throw new Refusal(404, 'Data not found')
    const limit = Math.min(int(question, 'limit') ?? 250, 500, world.playersPerPlatform)
    const platform = platformIn(question)
    const top = 40_000 + (hash(world.seed, id, platform, 109) % 400_000)
    return ok(
      Array.from({ length: limit }, (_, i) => ({
        position: i + 1,
        puuid: key.ids.puuid({ platform, number: i }),
        value: Math.round(top * (1 - i / 600)),
      })),
    )
  },

  'lol-challenges-v1.getPlayerData'(question) {
    const player = playerIn(question, 'puuid')
    const { world } = question
    if (player.platform !== platformIn(question)) return ok(NOTHING_DONE)
    const random = new Random(world.seed, player.platform, player.number, 113)
    const share = random.next() ** 2
    const points = (max: number): unknown => {
      const level = LEVELS[Math.floor(share * 8.99)]!
      return { level, current: Math.round(max * share), max, percentile: Math.round((1 - share) * 1000) / 1000 }
    }
    return ok({
      totalPoints: points(28_780),
      categoryPoints: Object.fromEntries(CATEGORIES.map((name, i) => [name, points(4200 + i * 700)])),
      challenges: CHALLENGE_IDS.filter(() => random.chance(0.35 + 0.5 * share)).map((challengeId) => {
        const level = LEVELS[Math.min(8, Math.floor(random.next() * (2 + share * 8)))]!
        const ranked = LEADERBOARD_LEVELS.has(level) && hasLeaderboard(challengeId)
        return {
          challengeId,
          percentile: Math.round(random.next() * 1000) / 1000,
          level,
          value: Math.round(10 ** (random.next() * 5)),
          ...(random.chance(0.98) && { achievedTime: world.options.epoch - random.int(0, 900 * 86_400_000) }),
          ...(ranked && { position: random.int(1, 280_000), playersInLevel: random.int(500, 458_000) }),
        }
      }),
      preferences: {
        ...(random.chance(0.8) && { bannerAccent: String(random.int(1, 3)) }),
        ...(random.chance(0.6) && { title: String(random.pick(CHALLENGE_IDS) * 100 + 3) }),
        ...(random.chance(0.7) && { challengeIds: random.sample(CHALLENGE_IDS, 3) }),
        ...(random.chance(0.5) && { crestBorder: String(random.int(1, 2)) }),
        ...(random.chance(0.5) && { prestigeCrestBorderLevel: random.int(0, 500) }),
      },
    })
  },
}

function challengeIn({ call }: Question): number {
  const id = Number(call.params['challengeId'])
  if (!CHALLENGE_IDS.includes(id)) throw new Refusal(404, 'Data not found')
  return id
}

function hasLeaderboard(id: number): boolean {
  return id % 300 === 0
}

function config(world: World, id: number): unknown {
  const h = hash(world.seed, id, 127)
  const subject = SUBJECTS[h % SUBJECTS.length]!
  return {
    id,
    localizedNames: Object.fromEntries(
      LOL_LOCALES.map((locale) => [
        locale,
        {
          description: `${subject} in games of your own (${locale}, ${id})`,
          name: `${subject} ${id}`,
          shortDescription: `${subject} of your own`,
        },
      ]),
    ),
    state: h % 11 === 0 ? 'ARCHIVED' : h % 13 === 0 ? 'DISABLED' : 'ENABLED',
    ...(h % 3 !== 0 && { tracking: h % 2 === 0 ? 'LIFETIME' : 'SEASON' }),
    ...(h % 17 === 0 && { startTimestamp: world.options.epoch - 1e10, endTimestamp: world.options.epoch + 1e10 }),
    leaderboard: hasLeaderboard(id),
    thresholds: Object.fromEntries(LEVELS.slice(0, 6 + (h % 4)).map((level, i) => [level, 5 * 4 ** i])),
  }
}

function percentiles(world: World, id: number): Record<string, number> {
  const steep = 0.4 + 0.4 * unit(hash(world.seed, id, 131))
  return Object.fromEntries(['NONE', ...LEVELS].map((level, i) => [level, Math.round(steep ** i * 1000) / 1000]))
}

function once(cache: WeakMap<World, Body>, world: World, make: () => unknown): Body {
  let body = cache.get(world)
  if (body === undefined) {
    body = new RawBody(Buffer.from(JSON.stringify(make())))
    cache.set(world, body)
  }
  return body
}
