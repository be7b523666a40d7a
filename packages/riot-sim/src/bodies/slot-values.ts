import type { Player, PlayerIds } from '../world/player-ids.ts'

/** Values of neighbouring slots. */
export interface SavedValues {
  readonly bytes: Buffer
  readonly ends: readonly number[]
}

const MOST_SLOTS = 256
const ROOM = 16_384

/**
 * The values of a template's slots, side by side in one piece of memory that is used again for every body: filling it makes no
 * objects.
 */
export class SlotValues {
  readonly bytes: Buffer = Buffer.alloc(ROOM)
  readonly starts: Uint32Array = new Uint32Array(MOST_SLOTS)
  readonly ends: Uint32Array = new Uint32Array(MOST_SLOTS)
  #at = 0

  /** Forgets all values. */
  clear(): void {
    this.#at = 0
  }

  /** A text of ASCII characters that need no escape, or a number. */
  plain(slot: number, value: string | number): void {
    const text = String(value)
    const { bytes } = this
    let at = this.#begin(slot)
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i)
    this.#end(slot, at)
  }

  /** Any text. */
  text(slot: number, value: string): void {
    const at = this.#begin(slot)
    this.#end(slot, at + this.bytes.write(JSON.stringify(value).slice(1, -1), at))
  }

  /** The puuid of a player. */
  puuid(slot: number, ids: PlayerIds, player: Player): void {
    const at = this.#begin(slot)
    this.#end(slot, ids.writePuuid(player, this.bytes, at))
  }

  /** The old summoner id of a player. */
  summonerId(slot: number, ids: PlayerIds, player: Player): void {
    const at = this.#begin(slot)
    this.#end(slot, ids.writeSummonerId(player, this.bytes, at))
  }

  /** Copies the values of `count` slots from `first` on, which lie one behind the other. */
  save(first: number, count: number): SavedValues {
    const from = this.starts[first]!
    return {
      bytes: Buffer.from(this.bytes.subarray(from, this.#at)),
      ends: Array.from(this.ends.subarray(first, first + count), (end) => end - from),
    }
  }

  /** Puts saved values in the slots from `first` on. */
  restore(first: number, { bytes, ends }: SavedValues): void {
    const from = this.#at
    this.bytes.set(bytes, from)
    let start = from
    for (let i = 0; i < ends.length; i++) {
      const end = from + ends[i]!
      this.starts[first + i] = start
      this.ends[first + i] = end
      start = end
    }
    this.#at = start
  }

  #begin(slot: number): number {
    this.starts[slot] = this.#at
    return this.#at
  }

  #end(slot: number, at: number): void {
    this.ends[slot] = at
    this.#at = at
  }
}
