import { show } from '@sluice/core/internal'

/** A card of a deck, and how often it is in it. */
export interface DeckCard {
  readonly cardCode: string
  readonly count: number
}

/** The regions of the game: the number that stands for each in a deck code, and the first version of the code that knows it. */
const FACTIONS = [
  ['DE', 0, 1],
  ['FR', 1, 1],
  ['IO', 2, 1],
  ['NX', 3, 1],
  ['PZ', 4, 1],
  ['SI', 5, 1],
  ['BW', 6, 2],
  ['SH', 7, 3],
  ['MT', 9, 2],
  ['BC', 10, 4],
  ['RU', 12, 5],
] as const satisfies readonly (readonly [name: string, id: number, version: number])[]

const FORMAT = 1
const NEWEST_VERSION = 5
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const CARD_CODE = /^(\d{2})([A-Z]{2})(\d{3})$/

interface Card {
  readonly code: string
  readonly set: number
  readonly faction: (typeof FACTIONS)[number]
  readonly number: number
  readonly count: number
}

/**
 * The cards of a deck, from the code that players share and matches have as `deck_code`.
 *
 * @throws TypeError for what is no deck code; RangeError for one that is newer than what this library knows.
 * @example
 * ```ts
 * import { decodeDeck, encodeDeck } from '@sluice/riot'
 *
 * const code = encodeDeck([{ cardCode: '01DE001', count: 3 }, { cardCode: '02BW022', count: 1 }])
 * console.log(code, decodeDeck(code)) // CIAQCAIAAEAACAICAYLA [ { cardCode: '01DE001', count: 3 }, { cardCode: '02BW022', count: 1 } ]
 * ```
 */
export function decodeDeck(code: string): DeckCard[] {
  const bytes = fromBase32(code)
  const [first = 0] = bytes
  const version = first & 15
  if (first >> 4 !== FORMAT || version > NEWEST_VERSION)
    throw new RangeError(
      `${JSON.stringify(code)} is a deck code of format ${first >> 4}, version ${version}; known are format ${FORMAT} up to version ${NEWEST_VERSION}`,
    )
  const reader = new NumberReader(code, bytes)
  const cards: DeckCard[] = []
  for (const count of [3, 2, 1]) {
    for (let groups = reader.next(); groups > 0; groups--) {
      const size = reader.next()
      const prefix = reader.prefix()
      for (let i = 0; i < size; i++) cards.push({ cardCode: prefix + reader.number(), count })
    }
  }
  while (!reader.done) {
    const count = reader.next()
    cards.push({ cardCode: reader.prefix() + reader.number(), count })
  }
  return cards
}

/**
 * The code of a deck: whatever the order of the cards, the same deck has the same code, and it is the one that the game makes.
 *
 * @throws TypeError for a card code that no deck can have; RangeError for a count that is no whole number of at least 1, or a card that is listed twice.
 */
export function encodeDeck(cards: Iterable<DeckCard>): string {
  const parsed = [...cards].map(parseCard).toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const twice = parsed.find(({ code }, i) => code === parsed[i + 1]?.code)
  if (twice !== undefined) throw new RangeError(`card ${twice.code} is listed twice: add its counts`)
  const version = Math.max(1, ...parsed.map(({ faction: [, , since] }) => since))
  const bytes = [(FORMAT << 4) | version]
  for (const count of [3, 2, 1]) {
    const groups = groupsOf(parsed.filter((card) => card.count === count))
    write(bytes, groups.length)
    for (const group of groups) {
      write(bytes, group.length)
      writePrefix(bytes, group[0]!)
      for (const { number } of group) write(bytes, number)
    }
  }
  for (const card of parsed) {
    if (card.count <= 3) continue
    write(bytes, card.count)
    writePrefix(bytes, card)
    write(bytes, card.number)
  }
  return toBase32(bytes)
}

/** Those of one set and faction together, the smallest group first; where two are of a size, the order of the cards decides. */
function groupsOf(cards: readonly Card[]): Card[][] {
  const groups = new Map<string, Card[]>()
  for (const card of cards) {
    const key = card.code.slice(0, 4)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [card])
    else group.push(card)
  }
  return [...groups.values()].toSorted((a, b) => a.length - b.length)
}

function parseCard({ cardCode, count }: DeckCard): Card {
  const [, set, name, number] = CARD_CODE.exec(cardCode) ?? []
  const faction = FACTIONS.find(([known]) => known === name)
  if (faction === undefined)
    throw new TypeError(
      `cardCode must be two digits of the set, two letters of the region (${FACTIONS.map(([known]) => known).join(', ')}) and three digits, such as 01DE001, not ${show(cardCode)}`,
    )
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`count of card ${cardCode} must be a whole number of at least 1, not ${show(count)}`)
  return { code: cardCode, set: Number(set), faction, number: Number(number), count }
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function write(bytes: number[], value: number): void {
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
}

function writePrefix(bytes: number[], { set, faction: [, id] }: Card): void {
  write(bytes, set)
  write(bytes, id)
}

class NumberReader {
  readonly #code: string
  readonly #bytes: readonly number[]
  #at = 1

  constructor(code: string, bytes: readonly number[]) {
    this.#code = code
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  next(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 42; factor *= 128) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw invalid(this.#code, 'it breaks off')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
    throw invalid(this.#code, 'a number in it is too large')
  }

  /** Set and faction, as they stand in a card code. */
  prefix(): string {
    const set = this.next()
    const id = this.next()
    const faction = FACTIONS.find(([, known]) => known === id)
    if (faction === undefined) throw invalid(this.#code, `there is no region ${id}`)
    return String(set).padStart(2, '0') + faction[0]
  }

  number(): string {
    return String(this.next()).padStart(3, '0')
  }
}

const invalid = (code: string, why: string): TypeError => new TypeError(`${show(code)} is no deck code: ${why}`)

function fromBase32(code: string): number[] {
  if (typeof code !== 'string' || code === '') throw invalid(code, 'it must be a text such as CIAQCAIAAEAACAICAYLA')
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of code.replace(/=+$/, '')) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) throw invalid(code, `it may have the letters A to Z and the digits 2 to 7, not ${show(letter)}`)
    value = ((value << 5) | digit) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >> bits) & 255)
  }
  return bytes
}

function toBase32(bytes: readonly number[]): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5;) {
      bits -= 5
      text += ALPHABET[(value >> bits) & 31]!
    }
  }
  return bits === 0 ? text : text + ALPHABET[(value << (5 - bits)) & 31]!
}
