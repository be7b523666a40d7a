import { hash, hashText, mix } from './hash.ts'

/** Somebody: a platform (its place in `PLATFORM_NAMES`) and a number on it. */
export interface Player {
  readonly platform: number
  readonly number: number
}

const LENGTH = 78
const SUMMONER_ID_LENGTH = 58
const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
const DIGITS = new Int8Array(128).fill(-1)
ALPHABET.forEach((code, digit) => {
  DIGITS[code] = digit
})
const TEXT = Buffer.alloc(LENGTH)
// 26 bits of number leave 6 for the platform.
const NUMBER_BITS = 26

/**
 * The ids that one API key sees. Riot encrypts ids per key, so the same player has another puuid under another key, and a puuid of
 * another key cannot be read. Here: platform and number with a check, through a keyed Feistel network, padded to 78 characters that
 * depend on all of it, so that a single wrong character is noticed.
 */
export class PlayerIds {
  readonly #key: number
  #right = 0

  /** @param secret what tells the keys apart, such as the id of the key. */
  constructor(secret: string, seed: number) {
    this.#key = hashText(secret, seed)
  }

  /** The puuid of a player, 78 characters. */
  puuid(player: Player): string {
    this.writePuuid(player, TEXT, 0)
    return TEXT.toString('latin1', 0, LENGTH)
  }

  /** Writes it to `out` at `at`, and returns where it ends. */
  writePuuid(player: Player, out: Buffer, at: number): number {
    const left = this.#left(player)
    const right = this.#right
    writeWord(out, at, left, mix(right))
    writeWord(out, at + 6, right, mix(left))
    return this.#pad(out, at + 12, LENGTH - 12, left, right)
  }

  /** Whose puuid this is under this key, or undefined when it is none. */
  player(puuid: string): Player | undefined {
    if (puuid.length !== LENGTH) return undefined
    const left = readWord(puuid, 0)
    const right = readWord(puuid, 6)
    if (left === -1 || right === -1) return undefined
    let a = left
    let b = right
    for (let round = 3; round >= 0; round--) {
      const before = a
      a = (b ^ hash(this.#key, round, before)) >>> 0
      b = before
    }
    const player = { platform: a >>> NUMBER_BITS, number: a & ((1 << NUMBER_BITS) - 1) }
    return b === hash(this.#key, a, 7) && this.puuid(player) === puuid ? player : undefined
  }

  /** Writes the old summoner id, which matches still carry, to `out` at `at`, and returns where it ends. */
  writeSummonerId(player: Player, out: Buffer, at: number): number {
    const left = this.#left(player)
    return this.#pad(out, at, SUMMONER_ID_LENGTH, mix(left ^ 0x5bd1e995), this.#right)
  }

  /** Encrypts a player: returns the first half, and leaves the second in `#right`. */
  #left({ platform, number }: Player): number {
    let a = ((platform << NUMBER_BITS) | number) >>> 0
    let b = hash(this.#key, a, 7)
    for (let round = 0; round < 4; round++) {
      const before = b
      b = (a ^ hash(this.#key, round, b)) >>> 0
      a = before
    }
    this.#right = b
    return a
  }

  #pad(out: Buffer, from: number, length: number, left: number, right: number): number {
    let state = left ^ this.#key
    for (let done = 0; done < length;) {
      state = (state + right) | 0
      let word = mix(state ^ done)
      const end = Math.min(length, done + 5)
      for (; done < end; done++) {
        out[from + done] = ALPHABET[word & 63]!
        word >>>= 6
      }
    }
    return from + length
  }
}

/** 32 bits in six characters; the spare bits of the last one are filled up. */
function writeWord(out: Buffer, at: number, word: number, filler: number): void {
  for (let i = 0; i < 5; i++) out[at + i] = ALPHABET[(word >>> (6 * i)) & 63]!
  out[at + 5] = ALPHABET[(word >>> 30) | ((filler & 15) << 2)]!
}

function readWord(text: string, at: number): number {
  let word = 0
  for (let i = 0; i < 6; i++) {
    const code = text.charCodeAt(at + i)
    const digit = code < 128 ? DIGITS[code]! : -1
    if (digit === -1) return -1
    word |= (i === 5 ? digit & 3 : digit) << (6 * i)
  }
  return word >>> 0
}
