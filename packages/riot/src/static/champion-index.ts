import { show } from '@sluice/core/internal'

/** What a champion index needs of a champion: `ChampionSummary` of CommunityDragon has it. */
export interface IndexedChampion {
  readonly id: number
  readonly alias: string
  readonly name: string
}

/** Names are compared by their letters and digits: `Kai'Sa`, `KaiSa` and `kaisa` are one. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * Finds champions by their number, their key or their name, whichever a match, a file or a player has.
 *
 * @example
 * ```ts
 * import { ChampionIndex } from '@sluice/riot'
 *
 * // The list is what `cdragon.getLolV1ChampionSummary()` answers.
 * const champions = new ChampionIndex([{ id: 62, alias: 'MonkeyKing', name: 'Wukong' }])
 * console.log(champions.get(62)?.name, champions.get('monkeyking')?.id, champions.get('Wukong')?.alias) // Wukong 62 MonkeyKing
 * ```
 */
export class ChampionIndex<Champion extends IndexedChampion = IndexedChampion> implements Iterable<Champion> {
  readonly #byId = new Map<number, Champion>()
  readonly #byName = new Map<string, Champion>()

  /** @param champions those with a negative id, which stand for "none", are left out. */
  constructor(champions: Iterable<Champion>) {
    for (const champion of champions) {
      if (champion.id < 0) continue
      this.#byId.set(champion.id, champion)
      this.#byName.set(plain(champion.name), champion)
    }
    // Last, so that a key wins over another one's name.
    for (const champion of this.#byId.values()) this.#byName.set(plain(champion.alias), champion)
  }

  /** The champion of a number (`266` or `'266'`), a key (`'MonkeyKing'`) or a name (`'Wukong'`), in any case; `undefined` if there is none. */
  get(idOrName: number | string): Champion | undefined {
    if (typeof idOrName === 'number') return this.#byId.get(idOrName)
    if (typeof idOrName !== 'string')
      throw new TypeError(`a champion is looked up by its number, key or name, not by ${show(idOrName)}`)
    return /^\d+$/.test(idOrName) ? this.#byId.get(Number(idOrName)) : this.#byName.get(plain(idOrName))
  }

  /** How many champions there are. */
  get size(): number {
    return this.#byId.size
  }

  [Symbol.iterator](): Iterator<Champion> {
    return this.#byId.values()
  }
}
