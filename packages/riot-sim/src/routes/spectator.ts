import { CHAMPIONS } from '../data/champions.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'
import { hash, unit } from '../world/hash.ts'
import { Random } from '../world/random.ts'
import { Refusal, ok } from './answer.ts'
import { localPlayer, type Handlers, type Question } from './handler.ts'

const HALF_HOUR = 1_800_000
/** The share of players who are in a game at any time. */
const PLAYING = 0.15
const FIRST_GAME = 6_900_000_000

export const SPECTATOR_HANDLERS: Handlers = {
  'spectator-v5.getCurrentGameInfoByPuuid': (question) => ok(currentGame(question, 'lol')),
  'spectator-tft-v5.getCurrentGameInfoByPuuid': (question) => ok(currentGame(question, 'tft')),
}

/** The game of this half hour: the ten in it see the same one, and none of them is in another. */
function currentGame(question: Question, game: 'lol' | 'tft'): unknown {
  const { world, key, now } = question
  const player = localPlayer(question, 'encryptedPUUID', 'summoner')
  const slice = Math.floor(now / HALF_HOUR)
  const found = world.live.current(player, slice % 1_000_000)
  const playing =
    found !== undefined && unit(hash(world.seed, found.number, slice, game === 'lol' ? 139 : 149)) < PLAYING
  if (!playing) throw new Refusal(404, 'Data not found - spectator game info not found')
  const random = new Random(world.seed, found.number, slice, 151)
  const startedAt = slice * HALF_HOUR + random.int(0, 300_000)
  const isLol = game === 'lol'
  return {
    gameId: FIRST_GAME + (slice % 10_000) * 100_000 + (found.number % 100_000),
    mapId: isLol ? 11 : 22,
    gameMode: isLol ? 'CLASSIC' : 'TFT',
    gameType: 'MATCHED_GAME',
    ...(random.chance(0.95) && { gameQueueConfigId: isLol ? 420 : 1100 }),
    participants: found.players.map((seat, i) => {
      const { gameName, tagLine } = world.names.riotId(seat)
      // Streamers hide, though not from who knows their puuid.
      const hidden = random.chance(0.05) && seat.number !== player.number
      return {
        ...(!hidden && { puuid: key.ids.puuid(seat), riotId: `${gameName}#${tagLine}` }),
        teamId: i < 5 ? 100 : 200,
        spell1Id: random.pick([4, 11, 14, 21]),
        spell2Id: random.pick([3, 6, 7, 12]),
        championId: random.pick(CHAMPIONS).id,
        profileIconId: world.profile(seat).icon,
        ...(isLol && { bot: false }),
        gameCustomizationObjects: [],
        ...(isLol && {
          perks: {
            perkIds: [8005, 9111, 9104, 8299, 8304, 8345, 5005, 5008, 5011],
            perkStyle: 8000,
            perkSubStyle: 8300,
          },
        }),
      }
    }),
    observers: {
      encryptionKey: random
        .int(2 ** 30, 2 ** 31)
        .toString(36)
        .repeat(4),
    },
    platformId: PLATFORM_NAMES[player.platform]!.toUpperCase(),
    bannedChampions: isLol
      ? random
          .sample(CHAMPIONS, 10)
          .map(({ id }, i) => ({ championId: id, teamId: i < 5 ? 100 : 200, pickTurn: i + 1 }))
      : [],
    gameStartTime: startedAt,
    gameLength: Math.max(0, Math.floor((now - startedAt) / 1000)),
  }
}
