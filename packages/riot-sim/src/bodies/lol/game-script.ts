import { CHAMPIONS, type Champion } from '../../data/champions.ts'
import type { Random } from '../../world/random.ts'

/** What happens in a game: match and timeline are both told from it, so they agree. */
export interface GameScript {
  readonly course: 'rift' | 'abyss' | 'arena'
  /** Seconds. */
  readonly duration: number
  readonly surrendered: boolean
  /** 100 or 200. */
  readonly winner: number
  /** By participant. */
  readonly champions: readonly Champion[]
  readonly kills: readonly ScriptKill[]
  readonly monsters: readonly ScriptMonster[]
  readonly buildings: readonly ScriptBuilding[]
  /** The lane minions each participant has killed at the end, and the monsters. */
  readonly minions: readonly number[]
  readonly jungle: readonly number[]
  readonly gold: readonly number[]
  readonly levels: readonly number[]
  /** Arena only: the place of each pair of players, 1 to 8. */
  readonly placements?: readonly number[]
}

/** Participants are named by their ids, 1 and up. Times are in ms since the start of the game. */
export interface ScriptKill {
  readonly at: number
  readonly killer: number
  readonly victim: number
  readonly assists: readonly number[]
}
export interface ScriptMonster {
  readonly at: number
  readonly killer: number
  readonly type: 'DRAGON' | 'BARON_NASHOR' | 'RIFTHERALD' | 'HORDE' | 'ATAKHAN'
  readonly subType?: string
}
interface ScriptBuilding {
  readonly at: number
  readonly killer: number
  /** The team that lost it. */
  readonly team: number
  readonly lane: string
  /** Undefined for an inhibitor. */
  readonly tower?: string
}

export const POSITIONS = ['TOP', 'JUNGLE', 'MIDDLE', 'BOTTOM', 'UTILITY'] as const
const DRAGONS = ['FIRE_DRAGON', 'WATER_DRAGON', 'EARTH_DRAGON', 'AIR_DRAGON', 'HEXTECH_DRAGON', 'CHEMTECH_DRAGON']
const LANES = ['TOP_LANE', 'MID_LANE', 'BOT_LANE']
const TOWERS = ['OUTER_TURRET', 'INNER_TURRET', 'BASE_TURRET']
/** Minions and monsters a minute, and the share of kills, by position. */
const MINIONS = [6.2, 0.9, 6.8, 7, 1.1]
const JUNGLE = [0.3, 4.6, 0.4, 0.5, 0.1]
const KILL_WEIGHT = [1, 1, 1.2, 1.4, 0.45]

/** The team of a participant in a game of ten: 100 for the first five, 200 for the others. */
export function teamOf(participant: number): number {
  return participant <= 5 ? 100 : 200
}

/** Makes up a game of two teams of five. */
export function writeScript(random: Random, course: 'rift' | 'abyss'): GameScript {
  const duration = Math.round(Math.min(2700, Math.max(960, random.around(course === 'rift' ? 1700 : 1150, 1.22))))
  const winner = random.chance(0.5) ? 100 : 200
  const champions = random.sample(CHAMPIONS, 10)
  const minutes = duration / 60
  const rate = course === 'rift' ? 1.65 : 4.2
  const kills = writeKills(random, Math.round(minutes * rate * random.around(1, 1.25)), duration, winner)
  const rift = course === 'rift'
  return {
    course,
    duration,
    surrendered: random.chance(0.35),
    winner,
    champions,
    kills,
    monsters: rift ? writeMonsters(random, duration, winner) : [],
    buildings: writeBuildings(random, duration, winner, rift),
    minions: champions.map((_, i) => Math.round(minutes * (rift ? MINIONS[i % 5]! : 3) * random.around(1, 1.12))),
    jungle: champions.map((_, i) => Math.round(minutes * (rift ? JUNGLE[i % 5]! : 0) * random.around(1, 1.15))),
    gold: champions.map((_, i) => {
      const own = kills.filter((kill) => kill.killer === i + 1).length
      const assists = kills.filter((kill) => kill.assists.includes(i + 1)).length
      return Math.round(500 + minutes * (i % 5 === 4 ? 190 : 290) * random.around(1, 1.08) + own * 320 + assists * 120)
    }),
    levels: champions.map((_, i) =>
      Math.min(18, Math.round((i % 5 === 4 ? 3.5 : 5) + minutes * 0.38 * random.around(1, 1.05))),
    ),
  }
}

/** Makes up a game of Arena: eight pairs, each against all. */
export function writeArenaScript(random: Random): GameScript {
  const duration = random.int(1000, 1600)
  const champions = random.sample(CHAMPIONS, 16)
  const ids = champions.map((_, i) => i + 1)
  const times = Array.from({ length: random.int(80, 125) }, () => random.int(60_000, duration * 1000 - 5000))
  const kills = times
    .sort((a, b) => a - b)
    .map((at) => {
      const killer = random.pick(ids)
      const mate = killer % 2 === 1 ? killer + 1 : killer - 1
      const victim = random.pick(ids.filter((id) => id !== killer && id !== mate))
      return { at, killer, victim, assists: random.chance(0.6) ? [mate] : [] }
    })
  return {
    course: 'arena',
    duration,
    surrendered: false,
    winner: 100,
    champions,
    kills,
    monsters: [],
    buildings: [],
    minions: ids.map(() => 0),
    jungle: ids.map(() => 0),
    gold: ids.map(() => random.int(9000, 16_000)),
    levels: ids.map(() => random.int(13, 18)),
    placements: random.sample([1, 2, 3, 4, 5, 6, 7, 8], 8),
  }
}

function writeKills(random: Random, count: number, duration: number, winner: number): ScriptKill[] {
  const times = Array.from({ length: count }, () => random.int(100_000, duration * 1000 - 5000)).sort((a, b) => a - b)
  return times.map((at) => {
    const team = random.chance(0.62) ? winner : 300 - winner
    const killer = weighted(random, team)
    const others = members(team).filter((id) => id !== killer)
    return {
      at,
      killer,
      victim: random.pick(members(300 - team)),
      assists: random.sample(others, Math.min(4, Math.floor(random.next() * 3.4))).sort((a, b) => a - b),
    }
  })
}

function weighted(random: Random, team: number): number {
  let rest = random.next() * KILL_WEIGHT.reduce((sum, weight) => sum + weight)
  for (let i = 0; i < 5; i++) {
    rest -= KILL_WEIGHT[i]!
    if (rest < 0) return members(team)[i]!
  }
  return members(team)[4]!
}

function members(team: number): number[] {
  return team === 100 ? [1, 2, 3, 4, 5] : [6, 7, 8, 9, 10]
}

function writeMonsters(random: Random, duration: number, winner: number): ScriptMonster[] {
  const monsters: ScriptMonster[] = []
  const add = (at: number, type: ScriptMonster['type'], subType?: string): void => {
    if (at >= duration) return
    const team = random.chance(0.62) ? winner : 300 - winner
    const killer = random.chance(0.75) ? members(team)[1]! : random.pick(members(team))
    monsters.push({ at: at * 1000 + random.int(0, 999), killer, type, ...(subType && { subType }) })
  }
  for (let at = random.int(320, 480); at < duration; at += random.int(310, 480)) add(at, 'DRAGON', random.pick(DRAGONS))
  for (let i = 0; i < 3; i++) add(random.int(490, 700), 'HORDE')
  add(random.int(860, 1100), 'RIFTHERALD')
  add(random.int(1210, 1600), 'ATAKHAN')
  for (let at = random.int(1520, 1900); at < duration; at += random.int(400, 600)) add(at, 'BARON_NASHOR')
  return monsters.sort((a, b) => a.at - b.at)
}

function writeBuildings(random: Random, duration: number, winner: number, rift: boolean): ScriptBuilding[] {
  const buildings: ScriptBuilding[] = []
  for (const loser of [100, 200]) {
    const push = loser === winner ? 0.42 : 1
    for (const lane of rift ? LANES : ['MID_LANE']) {
      let at = random.int(650, 1150) / push
      for (const tower of rift ? TOWERS : TOWERS.slice(1)) {
        if (at >= duration) break
        buildings.push(building(random, at, loser, lane, tower))
        at += random.int(120, 420)
        if (tower === 'BASE_TURRET' && at < duration) buildings.push(building(random, at, loser, lane))
      }
    }
  }
  return buildings.sort((a, b) => a.at - b.at)
}

function building(random: Random, at: number, team: number, lane: string, tower?: string): ScriptBuilding {
  // A minion may have the last hit: killer 0.
  const killer = random.chance(0.15) ? 0 : random.pick(members(300 - team))
  return { at: Math.floor(at) * 1000 + random.int(0, 999), killer, team, lane, ...(tower && { tower }) }
}
