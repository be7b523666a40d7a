import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import { hash } from '../world/hash.ts'
import { Random } from '../world/random.ts'
import { Refusal, ok } from './answer.ts'
import { playerIn, type Handlers, type Question } from './handler.ts'
import { bodyOf } from './tournament.ts'

const MATCH_KIND = 7
const FACTIONS = [
  'Bilgewater',
  'Demacia',
  'Freljord',
  'Ionia',
  'MtTargon',
  'Noxus',
  'PiltoverZaun',
  'ShadowIsles',
  'Shurima',
]
const CARDS = Array.from(
  { length: 40 },
  (_, i) => `0${1 + (i % 9)}${['DE', 'FR', 'IO', 'NX'][i % 4]}${String(i + 1).padStart(3, '0')}`,
)
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LEADERBOARD = 700

export const LOR_HANDLERS: Handlers = {
  'lor-match-v1.getMatchIdsByPUUID'(question) {
    const player = playerIn(question, 'puuid')
    if (!isHere(question, player.platform)) return ok([])
    const numbers = question.world.lor.history(player, { start: 0, count: 20 }, question.now)
    return ok(
      numbers.map((number) => question.world.uuids.encode({ kind: MATCH_KIND, platform: player.platform, number })),
    )
  },

  'lor-match-v1.getMatch'(question) {
    const { world, key, call, now } = question
    const id = call.params['matchId']!
    const content = world.uuids.decode(id)
    const found =
      content?.kind === MATCH_KIND && isHere(question, content.platform)
        ? world.lor.find(content.platform, content.number, now)
        : undefined
    if (found === undefined) throw new Refusal(404, 'Data not found')
    const random = new Random(world.seed, content!.platform, found.number, 271)
    const winner = random.int(0, 1)
    const participants = found.players.map((player) => key.ids.puuid(player))
    return ok({
      metadata: { data_version: '2', match_id: id, participants },
      info: {
        game_mode: random.pick(['Constructed', 'Expeditions']),
        game_type: random.pick(['Ranked', 'Normal']),
        game_start_time_utc: new Date(found.createdAt).toISOString(),
        game_version: 'live_4_9_0',
        game_format: random.pick(['standard', 'eternal']),
        players: participants.map((puuid, i) => ({
          puuid,
          deck_id: random.int(1, 2 ** 31).toString(16),
          deck_code: deckCode(random),
          factions: random.sample(FACTIONS, 2).map((name) => `faction_${name}_Name`),
          game_outcome: i === winner ? 'win' : 'loss',
          order_of_play: i,
        })),
        total_turn_count: random.int(6, 40),
      },
    })
  },

  'lor-ranked-v1.getLeaderboards'({ world, call }) {
    const platforms = PLATFORM_NAMES.flatMap((name, platform) =>
      PLATFORM_FACTS[name]!.lor === call.route ? [platform] : [],
    )
    const length = Math.min(LEADERBOARD, platforms.length * world.playersPerPlatform)
    return ok({
      players: Array.from({ length }, (_, rank) => ({
        name: world.names.riotId({
          platform: platforms[rank % platforms.length]!,
          number: Math.floor(rank / platforms.length),
        }).gameName,
        rank,
        lp: Math.max(0, 900 - rank),
      })),
    })
  },

  'lor-inventory-v1.getCards'({ world, signedIn }) {
    return ok(
      CARDS.map((code, i) => ({
        code,
        count: String(1 + (hash(world.seed, signedIn!.platform, signedIn!.number, i) % 3)),
      })),
    )
  },

  'lor-deck-v1.getDecks'({ world, signedIn }) {
    const random = new Random(world.seed, signedIn!.platform, signedIn!.number, 277)
    return ok(
      Array.from({ length: random.int(1, 6) }, (_, i) => ({
        id: String(signedIn!.number * 10 + i),
        name: `Deck ${i + 1}`,
        code: deckCode(random),
      })),
    )
  },

  'lor-deck-v1.createDeck'(question) {
    const { name, code } = bodyOf(question) as { name: string; code: string }
    return ok(String(hash(question.world.seed, name.length, code.length, question.signedIn!.number)))
  },
}

function isHere({ call }: Question, platform: number): boolean {
  const region = PLATFORM_FACTS[PLATFORM_NAMES[platform]!]!.lor
  // The retired apac is where today's sea was.
  return region === call.route || (region === 'sea' && call.route === 'apac')
}

function deckCode(random: Random): string {
  return Array.from({ length: 60 }, () => BASE32.charAt(random.int(0, 31))).join('')
}
