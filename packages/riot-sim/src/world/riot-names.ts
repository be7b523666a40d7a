import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import { hash, mix } from './hash.ts'
import { Permutation } from './permutation.ts'
import type { Player } from './player-ids.ts'

/** The two halves of a Riot id, `gameName#tagLine`. */
export interface RiotId {
  readonly gameName: string
  readonly tagLine: string
}

// At most ten characters each, so that a space and five characters of code fit behind; the scripts and signs are there to be escaped.
const STEMS: readonly string[] = (
  'Void Walk|Baron Spy|Mid Gap|Ward Me|Lantern|Tower Dive|Minion|Crab Fan|Blue Buff|Jungler|Late Game|Gromp|' +
  'Солнце|Тень Ветра|Лесник|Ёжик|미드 차이|정글왕|숨쉬는소|한타 장인|ねこパンチ|影の者|雷神|星月夜|長い夜|小熊猫|' +
  'Größe|Señor Ñu|Ænima|Łowca|Çığlık|Ζεύς|Ωmega|Ελπίδα|Žižka|Åse|Crème|عاصفة|เสือดำ|Đêm Trăng|' +
  'C＃ Minor|Left／Right|a∕b|50％ Tilt|Who? Me|Salt & Co|1+1 = 2|Per%cent|Say "hi"|O’Neil|x.X.x|~tilde~'
).split('|')

const CODE_LENGTH = 5
const PLATFORM_OF_TAG = new Map(PLATFORM_NAMES.map((name, index) => [PLATFORM_FACTS[name]!.tag, index]))

/** How many players there can be on all platforms together, since a code has five characters. */
export const MOST_NAMES: number = 36 ** CODE_LENGTH

/**
 * Gives every player a Riot id, and finds the player of a Riot id again, without a table: the player's number is hidden in a code of
 * five characters, which is either the whole tag line or the end of the game name.
 */
export class RiotNames {
  readonly #seed: number
  readonly #perPlatform: number
  readonly #permutation: Permutation

  constructor(seed: number, playersPerPlatform: number) {
    this.#seed = seed
    this.#perPlatform = playersPerPlatform
    this.#permutation = new Permutation(PLATFORM_NAMES.length * playersPerPlatform)
  }

  riotId(player: Player): RiotId {
    const h = hash(this.#seed, player.platform, player.number, 11)
    const stem = STEMS[h % STEMS.length]!
    const code = this.#permutation
      .forward(player.platform * this.#perPlatform + player.number, this.#seed)
      .toString(36)
      .padStart(CODE_LENGTH, '0')
    if (h >>> 31 === 0) {
      return { gameName: `${stem} ${code}`, tagLine: PLATFORM_FACTS[PLATFORM_NAMES[player.platform]!]!.tag }
    }
    const number = mix(h) % 1000
    return { gameName: number < 600 ? `${stem} ${number}` : stem.padEnd(3, 'x'), tagLine: code.toUpperCase() }
  }

  /** The player with this Riot id; capitals and spaces make no difference. */
  player(riotId: RiotId): Player | undefined {
    const name = plain(riotId.gameName)
    const tag = plain(riotId.tagLine)
    const inName = PLATFORM_OF_TAG.has(tag.toUpperCase())
    const code = inName ? name.slice(-CODE_LENGTH) : tag
    if (!/^[0-9a-z]{5}$/.test(code)) return undefined
    const index = Number.parseInt(code, 36)
    if (index >= this.#permutation.size) return undefined
    const place = this.#permutation.inverse(index, this.#seed)
    const number = place % this.#perPlatform
    const player = { platform: (place - number) / this.#perPlatform, number }
    const found = this.riotId(player)
    return plain(found.gameName) === name && plain(found.tagLine) === tag ? player : undefined
  }
}

function plain(text: string): string {
  // Up and down, since some letters have no single capital, or share one.
  return text.normalize('NFC').replaceAll(' ', '').toUpperCase().toLowerCase()
}
