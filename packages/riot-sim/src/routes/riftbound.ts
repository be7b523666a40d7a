import { RawBody, type Body } from '../bodies/body.ts'
import { hash } from '../world/hash.ts'
import type { Handlers } from './handler.ts'

const SETS = ['Origins', 'Spiritforged', 'Unleashed']
const CARDS_IN_SET = 220
const TYPES = ['Unit', 'Spell', 'Gear', 'Battlefield', 'Rune', 'Legend']
const RARITIES = ['Common', 'Uncommon', 'Rare', 'Epic']
const FACTIONS = ['Fury', 'Calm', 'Mind', 'Body', 'Chaos', 'Order']

let content: Body | undefined

export const RIFTBOUND_HANDLERS: Handlers = {
  'riftbound-content-v1.getContent'() {
    content ??= new RawBody(Buffer.from(JSON.stringify(write())))
    return { status: 200, body: content }
  },
}

function write(): unknown {
  return {
    game: 'riftbound',
    version: '1.3.0',
    lastUpdated: '2026-05-20',
    sets: SETS.map((name, set) => ({
      id: name.slice(0, 3).toUpperCase(),
      name,
      cards: Array.from({ length: CARDS_IN_SET }, (_, i) => card(name, set, i + 1)),
    })),
  }
}

function card(set: string, setNumber: number, number: number): unknown {
  const h = hash(setNumber, number, 281)
  const id = `${set.slice(0, 3).toLowerCase()}-${String(number).padStart(3, '0')}`
  return {
    id,
    collectorNumber: number,
    set: set.slice(0, 3).toUpperCase(),
    name: `Card ${number} of ${set}`,
    description: `When you play this, draw ${1 + (h % 3)}.`,
    type: TYPES[h % TYPES.length],
    rarity: RARITIES[(h >>> 4) % RARITIES.length],
    faction: FACTIONS[(h >>> 8) % FACTIONS.length],
    stats: { energy: (h >>> 12) % 9, might: (h >>> 16) % 9, cost: (h >>> 20) % 4, power: (h >>> 24) % 4 },
    keywords: h % 2 === 0 ? ['Accelerate'] : [],
    art: {
      thumbnailURL: `https://art.invalid/${id}.small.png`,
      fullURL: `https://art.invalid/${id}.png`,
      artist: 'The Simulator',
    },
    flavorText: `They say card ${number} was never drawn by hand.`,
    tags: [FACTIONS[h % FACTIONS.length]],
  }
}
