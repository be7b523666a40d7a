import { tftGameId, tftMatchNumber } from '../bodies/tft-bodies.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'
import { Refusal, ok } from './answer.ts'
import { int, isInRegion, playerIn, type Handlers } from './handler.ts'
import { parseMatchId, timeSpan } from './match.ts'

export const TFT_MATCH_HANDLERS: Handlers = {
  'tft-match-v1.getMatchIdsByPUUID'(question) {
    const player = playerIn(question, 'puuid')
    if (!isInRegion(question, player.platform)) return ok([])
    const filter = { start: int(question, 'start') ?? 0, count: int(question, 'count') ?? 20, ...timeSpan(question) }
    const prefix = PLATFORM_NAMES[player.platform]!.toUpperCase()
    return ok(
      question.world.tft.history(player, filter, question.now).map((number) => `${prefix}_${tftGameId(number)}`),
    )
  },

  'tft-match-v1.getMatch'(question) {
    const { platform, gameId } = parseMatchId(question)
    const { world, tft, key, now } = question
    const found =
      platform !== -1 && isInRegion(question, platform)
        ? world.tft.find(platform, tftMatchNumber(gameId), now)
        : undefined
    if (found === undefined) throw new Refusal(404, 'Data not found - match file not found')
    return { status: 200, body: tft.match(found, key.ids) }
  },
}
