// What the demo's server serves: bodies as an API for game matches sends them, 20 to 60 kB each, the same in every run.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = ['Ada', 'Grace', 'Mary', 'Joan', 'Jean', 'Radia', 'Hedy', 'Barbara', 'Katherine', 'Sophie']
const ROLES = ['TOP', 'JUNGLE', 'MIDDLE', 'BOTTOM', 'UTILITY']
const COUNTERS = `
  kills deaths assists goldEarned goldSpent visionScore wardsPlaced wardsKilled totalDamageDealt totalDamageTaken totalHeal totalMinionsKilled turretKills
  dragonKills physicalDamageDealt magicDamageDealt trueDamageDealt timePlayed timeCCingOthers longestTimeSpentLiving`
  .trim()
  .split(/\s+/)

/** Numbers from 0 to 1, the same for the same seed (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** @param {number} number */
const matchId = (number) => `EUW1_${7_130_000_000 + number * 137}`

/** One match. @param {number} number */
function match(number) {
  const random = randomFrom(number + 1)
  /** @param {number} below */
  const whole = (below) => Math.floor(random() * below)
  const participants = Array.from({ length: 10 }, (_, i) => ({
    participantId: i + 1,
    puuid: Array.from({ length: 78 }, () => whole(36).toString(36)).join(''),
    summonerName: `${NAMES[whole(NAMES.length)]}${whole(10_000)}`,
    teamPosition: ROLES[i % 5],
    win: i < 5,
    ...Object.fromEntries(COUNTERS.map((name) => [name, whole(30_000)])),
    challenges: Object.fromEntries(Array.from({ length: 30 }, (__, k) => [`challenge${k}PerMinute`, random() * 100])),
  }))
  const events = Array.from({ length: 100 + whole(450) }, () => ({
    timestamp: whole(2_400_000),
    type: ['WARD_PLACED', 'ITEM_PURCHASED', 'CHAMPION_KILL', 'LEVEL_UP'][whole(4)],
    participantId: 1 + whole(10),
  }))
  return {
    metadata: { matchId: matchId(number), dataVersion: '2' },
    info: { gameDuration: whole(2400), participants, events },
  }
}

/**
 * Writes the files into `folder`, unless they are there.
 *
 * @param {string} folder
 * @param {number} count
 * @returns {string[]} their ids, which are their names without `.json`
 */
export function makeDemoData(folder, count) {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, number) => {
    const id = matchId(number)
    const file = join(folder, `${id}.json`)
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(match(number)))
    return id
  })
}
