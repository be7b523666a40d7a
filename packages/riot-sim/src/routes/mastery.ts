import { CHAMPIONS } from '../data/champions.ts'
import { Random } from '../world/random.ts'
import { Refusal, ok } from './answer.ts'
import { int, localPlayer, type Handlers, type Question } from './handler.ts'

interface Mastery {
  readonly championId: number
  readonly championLevel: number
}

export const MASTERY_HANDLERS: Handlers = {
  'champion-mastery-v4.getAllChampionMasteriesByPUUID': (question) => ok(masteries(question)),
  'champion-mastery-v4.getTopChampionMasteriesByPUUID': (question) =>
    ok(masteries(question).slice(0, int(question, 'count') ?? 3)),
  'champion-mastery-v4.getChampionMasteryScoreByPUUID': (question) =>
    ok(masteries(question).reduce((sum, mastery) => sum + mastery.championLevel, 0)),

  'champion-mastery-v4.getChampionMasteryByPUUID'(question) {
    const id = Number(question.call.params['championId'])
    const mastery = masteries(question).find(({ championId }) => championId === id)
    if (mastery === undefined) throw new Refusal(404, 'Data not found')
    return ok(mastery)
  },
}

/** A player's champions, best known first. */
function masteries(question: Question): Mastery[] {
  const player = localPlayer(question, 'encryptedPUUID', 'summoner')
  const { world, call } = question
  const random = new Random(world.seed, player.platform, player.number, 101)
  const champions = random.sample(CHAMPIONS, random.int(10, 80))
  let points = Math.round(random.around(180_000, 2.4))
  return champions.map(({ id }) => {
    const level = Math.max(1, Math.min(60, Math.floor(points / 11_000) + Math.floor(points / 2500) + 1))
    const mastery = {
      puuid: call.params['encryptedPUUID']!,
      championId: id,
      championLevel: level,
      championPoints: points,
      lastPlayTime: world.options.epoch - random.int(0, 300 * 86_400_000),
      championPointsSinceLastLevel: random.int(0, 11_000),
      championPointsUntilNextLevel: random.int(-30_000, 11_000),
      markRequiredForNextLevel: random.int(1, 2),
      tokensEarned: random.int(0, 4),
      championSeasonMilestone: random.int(0, 4),
      ...(random.chance(0.1) && { chestGranted: random.chance(0.5) }),
      ...(random.chance(0.4) && {
        milestoneGrades: Array.from({ length: random.int(1, 4) }, () =>
          random.pick(['S+', 'S', 'S-', 'A+', 'A', 'B', 'C']),
        ),
      }),
      nextSeasonMilestone: {
        requireGradeCounts: { [random.pick(['A-', 'B-', 'C-', 'S-'])]: 1, 'C-': random.int(1, 4) },
        rewardMarks: random.int(1, 2),
        bonus: random.chance(0.2),
        ...(random.chance(0.3) && {
          rewardConfig: { rewardValue: 'e4e8a1c0-sim-reward', rewardType: 'HEXTECH_CHEST', maximumReward: 6 },
        }),
        totalGamesRequires: random.int(1, 5),
      },
    }
    points = Math.max(100, Math.round(points * (0.8 + 0.19 * random.next())))
    return mastery
  })
}
