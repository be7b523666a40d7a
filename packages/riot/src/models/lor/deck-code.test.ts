import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeDeck, encodeDeck, type DeckCard } from './deck-code.ts'

const card = fc
  .record({
    set: fc.integer({ min: 0, max: 99 }),
    faction: fc.constantFrom('DE', 'FR', 'IO', 'NX', 'PZ', 'SI', 'BW', 'SH', 'MT', 'BC', 'RU'),
    number: fc.integer({ min: 0, max: 999 }),
    count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 1e6 })),
  })
  .map(({ set, faction, number, count }): DeckCard => ({
    cardCode: `${String(set).padStart(2, '0')}${faction}${String(number).padStart(3, '0')}`,
    count,
  }))
const deck = fc.uniqueArray(card, { selector: ({ cardCode }) => cardCode, maxLength: 60 })
const sorted = (cards: readonly DeckCard[]) => cards.toSorted((a, b) => (a.cardCode < b.cardCode ? -1 : 1))

test('every deck comes back, and its code does not depend on the order of its cards', () => {
  fc.assert(
    fc.property(deck, fc.infiniteStream(fc.nat()), (cards, keys) => {
      const code = encodeDeck(cards)
      expect(sorted(decodeDeck(code))).toEqual(sorted(cards))
      const order = new Map(cards.map(({ cardCode }) => [cardCode, keys.next().value as number]))
      expect(encodeDeck(cards.toSorted((a, b) => order.get(a.cardCode)! - order.get(b.cardCode)!))).toBe(code)
    }),
  )
})

test('the code is laid out as the game does it', () => {
  const of = (text: string) => text.split(' ').map((entry) => ({ count: Number(entry[0]), cardCode: entry.slice(1) }))
  // Format and version, then no threes, no twos, one group of ones: one card of set 1, Demacia, number 1.
  expect(encodeDeck(of('101DE001'))).toBe('CEAAAAIBAEAAC')
  // The smallest group first, and the version is the lowest that knows all regions.
  expect(encodeDeck(of('301DE001 301DE002 302BW010'))).toBe(encodeDeck(of('302BW010 301DE002 301DE001')))
  expect(decodeDeck(encodeDeck(of('301DE001 301DE002 302BW010'))).map(({ cardCode }) => cardCode)).toEqual([
    '02BW010',
    '01DE001',
    '01DE002',
  ])
  expect(encodeDeck([])).toBe('CEAAAAA')
  expect(decodeDeck('CEAAAAA')).toEqual([])
  expect(['101DE001', '102BW001', '104SH001', '105BC001', '106RU001'].map((text) => encodeDeck(of(text))[1])).toEqual([
    'E',
    'I',
    'M',
    'Q',
    'U',
  ])
})

describe('what is refused', () => {
  test.each([
    ['', 'must be a text such as'],
    [undefined, 'undefined is no deck code'],
    ['CEAAAAI!', 'letters A to Z and the digits 2 to 7, not "!"'],
    ['ceaaaaa', 'not "c"'],
    ['CEAAAAIBAE', 'it breaks off'],
    ['CE', 'it breaks off'],
    ['CE77777777777777777', 'a number in it is too large'],
    [encodeDeck([{ cardCode: '01DE001', count: 1 }]).replace('AEAAC', 'AEPAC'), 'there is no region'],
  ])('%j is no deck code', (code, message) => {
    expect(() => decodeDeck(code as string)).toThrow(TypeError)
    expect(() => decodeDeck(code as string)).toThrow(message)
  })

  test('a format or version of the future', () => {
    expect(() => decodeDeck('CYAAAAA')).toThrow(
      'is a deck code of format 1, version 6; known are format 1 up to version 5',
    )
    expect(() => decodeDeck('EEAAAAA')).toThrow(RangeError)
  })

  test.each([
    [[{ cardCode: '01DE001T1', count: 1 }], TypeError, 'two digits of the set'],
    [[{ cardCode: '01XX001', count: 1 }], TypeError, 'not "01XX001"'],
    [
      [{ cardCode: '01DE001', count: 0 }],
      RangeError,
      'count of card 01DE001 must be a whole number of at least 1, not 0',
    ],
    [[{ cardCode: '01DE001', count: 1.5 }], RangeError, 'not 1.5'],
    [
      [
        { cardCode: '01DE001', count: 1 },
        { cardCode: '01DE001', count: 2 },
      ],
      RangeError,
      'card 01DE001 is listed twice',
    ],
  ])('%j', (cards, type, message) => {
    expect(() => encodeDeck(cards)).toThrow(type)
    expect(() => encodeDeck(cards)).toThrow(message)
  })
})
