import { CHAMPIONS } from '../data/champions.ts'
import { Random } from '../world/random.ts'
import type { Player } from '../world/player-ids.ts'
import { ok, type Answer } from './answer.ts'
import { localPlayer, platformIn, requirePlatform, type Handlers, type Question } from './handler.ts'

const WEEK = 7 * 86_400_000

export const SUMMONER_HANDLERS: Handlers = {
  'summoner-v4.getByPUUID': (question) => summoner(question, localPlayer(question, 'encryptedPUUID', 'summoner')),
  'summoner-v4.getByAccessToken': signedInSummoner,
  'tft-summoner-v1.getByPUUID': (question) => summoner(question, localPlayer(question, 'encryptedPUUID', 'summoner')),
  'tft-summoner-v1.getByAccessToken': signedInSummoner,

  'champion-v3.getChampionInfo'(question) {
    const random = new Random(question.world.seed, platformIn(question), Math.floor(question.now / WEEK), 97)
    const ids = (count: number): number[] => random.sample(CHAMPIONS, count).map((champion) => champion.id)
    return ok({ freeChampionIds: ids(20), freeChampionIdsForNewPlayers: ids(10), maxNewPlayerLevel: 10 })
  },
}

function signedInSummoner(question: Question): Answer {
  requirePlatform(question, question.signedIn!.platform, 'summoner')
  return summoner(question, question.signedIn!)
}

function summoner({ world, key }: Question, player: Player): Answer {
  const { icon, level, revision } = world.profile(player)
  return ok({ puuid: key.ids.puuid(player), profileIconId: icon, revisionDate: revision, summonerLevel: level })
}
