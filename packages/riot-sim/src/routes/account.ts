import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import { hash } from '../world/hash.ts'
import type { Player } from '../world/player-ids.ts'
import type { World } from '../world/world.ts'
import { Refusal, ok, type Answer } from './answer.ts'
import { playerIn, type Handlers, type Question } from './handler.ts'

export const ACCOUNT_HANDLERS: Handlers = {
  'account-v1.getByPuuid': (question) => account(question, playerIn(question, 'puuid')),
  'account-v1.getByAccessToken': (question) => account(question, question.signedIn!),

  'account-v1.getByRiotId'(question) {
    const { gameName, tagLine } = question.call.params
    const player = question.world.names.player({ gameName: gameName!, tagLine: tagLine! })
    if (player === undefined || isNameless(question.world, player)) {
      throw new Refusal(404, `Data not found - No results found for player with riot id ${gameName}#${tagLine}`)
    }
    return account(question, player)
  },

  'account-v1.getActiveRegion'(question) {
    const player = playerIn(question, 'puuid')
    return ok({
      puuid: question.call.params['puuid'],
      game: question.call.params['game'],
      region: PLATFORM_NAMES[player.platform],
    })
  },

  'account-v1.getActiveShard'(question) {
    const player = playerIn(question, 'puuid')
    const game = question.call.params['game']!
    // One in ten has never played it.
    if (hash(question.world.seed, player.platform, player.number, game.length) % 10 === 0) {
      throw new Refusal(404, 'Data not found')
    }
    const facts = PLATFORM_FACTS[PLATFORM_NAMES[player.platform]!]!
    return ok({
      puuid: question.call.params['puuid'],
      game,
      activeShard: game === 'val' ? facts.shard : game === 'lor' ? facts.lor : facts.region,
    })
  },
}

function account(question: Question, player: Player): Answer {
  return ok({
    puuid: question.key.ids.puuid(player),
    ...(!isNameless(question.world, player) && question.world.names.riotId(player)),
  })
}

/** One in five hundred accounts shows no name. */
export function isNameless(world: World, player: Player): boolean {
  return hash(world.seed, player.platform, player.number, 89) % 500 === 0
}
