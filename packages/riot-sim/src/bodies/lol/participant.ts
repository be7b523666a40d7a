import {
  CHALLENGE_COUNT_FIELDS,
  CHALLENGE_FRACTION_FIELDS,
  CHALLENGE_RARE_FIELDS,
  CHALLENGE_RARE_FRACTIONS,
  PARTICIPANT_COUNTS,
  PARTICIPANT_ZEROS,
} from '../../data/lol-fields.ts'
import type { Random } from '../../world/random.ts'
import { numberSlot, textSlot } from '../template.ts'
import { POSITIONS, teamOf, type GameScript } from './game-script.ts'
import { participantPerks } from './perks.ts'
import { playerSlots } from './slots.ts'

const ITEMS = [
  1001, 1055, 1056, 2503, 3006, 3020, 3031, 3036, 3047, 3053, 3071, 3078, 3089, 3115, 3124, 3135, 3153, 3157, 6653,
  6672,
]
const SPELLS = [3, 4, 6, 7, 11, 12, 14, 21]
const LANES = ['TOP', 'JUNGLE', 'MIDDLE', 'BOTTOM', 'BOTTOM']
const ROLES = ['SOLO', 'NONE', 'SOLO', 'CARRY', 'SUPPORT']

/** What one participant of a game did, read off the script. */
interface Deeds {
  readonly kills: number
  readonly deaths: number
  readonly assists: number
  readonly multikills: readonly number[]
  readonly largestSpree: number
  readonly sprees: number
  readonly team: number
  readonly win: boolean
}

/** Reads off the script what a participant did. */
function deedsOf(script: GameScript, id: number): Deeds {
  // Double, triple, quadra and penta kills: kills within ten seconds of the one before.
  const multikills = [0, 0, 0, 0, 0, 0]
  let [spree, largestSpree, sprees, chain, last] = [0, 0, 0, 0, -Infinity]
  for (const kill of script.kills) {
    if (kill.victim === id) spree = 0
    if (kill.killer !== id) continue
    spree++
    if (spree === 3) sprees++
    largestSpree = Math.max(largestSpree, spree)
    chain = kill.at - last <= 10_000 ? Math.min(5, chain + 1) : 1
    multikills[chain]!++
    if (chain > 1) multikills[chain - 1]!--
    last = kill.at
  }
  const placement = script.placements?.[(id - 1) >> 1]
  const team = placement === undefined ? teamOf(id) : placement <= 4 ? 100 : 200
  return {
    kills: script.kills.filter((kill) => kill.killer === id).length,
    deaths: script.kills.filter((kill) => kill.victim === id).length,
    assists: script.kills.filter((kill) => kill.assists.includes(id)).length,
    multikills,
    largestSpree,
    sprees,
    team,
    win: team === script.winner,
  }
}

/**
 * A participant of a match, its fields sorted as on the wire.
 *
 * @param lean without the fields that were added last and are always 0 on the Rift.
 */
export function participant(random: Random, script: GameScript, id: number, lean: boolean): Record<string, unknown> {
  const seat = id - 1
  const deeds = deedsOf(script, id)
  const slots = playerSlots(seat)
  const champion = script.champions[seat]!
  const minutes = script.duration / 60
  const rift = script.course === 'rift'
  const placement = script.placements?.[seat >> 1] ?? 0
  const enemies = script.buildings.filter((building) => building.team !== deeds.team)
  const lost = script.buildings.filter((building) => building.team === deeds.team)
  const towers = enemies.filter((building) => building.killer === id && building.tower !== undefined).length
  const inhibitors = enemies.filter((building) => building.killer === id && building.tower === undefined).length
  const monsters = script.monsters.filter((monster) => monster.killer === id)
  const dealt = Math.round((deeds.kills * 1600 + deeds.assists * 500 + minutes * 350) * random.around(1, 1.15))
  const physical = random.next()
  const taken = Math.round((deeds.deaths * 1700 + minutes * 500) * random.around(1, 1.15))
  const first = script.kills[0]
  const fields: Record<string, unknown> = {
    assists: deeds.assists,
    baronKills: monsters.filter((monster) => monster.type === 'BARON_NASHOR').length,
    champExperience: Math.round(script.levels[seat]! ** 2 * 55 * random.around(1, 1.05)),
    champLevel: script.levels[seat]!,
    championId: champion.id,
    championName: champion.name,
    championSkinId: random.int(0, 56),
    damageDealtToBuildings: towers * 2800 + random.int(0, 2000),
    damageDealtToEpicMonsters: monsters.length * 3900,
    damageDealtToObjectives: monsters.length * 3900 + towers * 2800,
    damageDealtToTurrets: towers * 2800 + random.int(0, 900),
    deaths: deeds.deaths,
    doubleKills: deeds.multikills[2]!,
    dragonKills: monsters.filter((monster) => monster.type === 'DRAGON').length,
    eligibleForProgression: true,
    firstBloodAssist: first?.assists.includes(id) ?? false,
    firstBloodKill: first?.killer === id,
    firstTowerAssist: false,
    firstTowerKill: script.buildings[0]?.killer === id,
    gameEndedInEarlySurrender: false,
    gameEndedInSurrender: script.surrendered,
    goldEarned: script.gold[seat]!,
    goldSpent: Math.round(script.gold[seat]! * 0.93),
    individualPosition: rift ? POSITIONS[seat % 5] : 'Invalid',
    inhibitorKills: inhibitors,
    inhibitorTakedowns: inhibitors,
    inhibitorsLost: lost.filter((building) => building.tower === undefined).length,
    item6: 3340 + random.int(0, 24),
    killingSprees: deeds.sprees,
    kills: deeds.kills,
    lane: rift ? LANES[seat % 5] : 'NONE',
    largestKillingSpree: deeds.largestSpree,
    largestMultiKill: Math.max(
      0,
      deeds.multikills.findLastIndex((count) => count > 0),
    ),
    magicDamageDealtToChampions: Math.round(dealt * (1 - physical) * 0.95),
    missions: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`playerScore${i}`, 0])),
    neutralMinionsKilled: script.jungle[seat]!,
    nexusKills: 0,
    nexusLost: deeds.win ? 0 : 1,
    nexusTakedowns: 0,
    participantId: id,
    pentaKills: deeds.multikills[5]!,
    perks: participantPerks(random),
    physicalDamageDealtToChampions: Math.round(dealt * physical * 0.95),
    profileIcon: numberSlot(slots.icon),
    puuid: textSlot(slots.puuid),
    quadraKills: deeds.multikills[4]!,
    riotIdGameName: textSlot(slots.gameName),
    riotIdTagline: textSlot(slots.tagLine),
    role: rift ? ROLES[seat % 5] : 'SUPPORT',
    summoner1Id: random.pick(SPELLS),
    summoner2Id: random.pick(SPELLS),
    summonerId: textSlot(slots.summonerId),
    summonerLevel: numberSlot(slots.level),
    summonerName: '',
    teamEarlySurrendered: false,
    teamId: deeds.team,
    teamPosition: rift ? POSITIONS[seat % 5] : '',
    timePlayed: script.duration,
    totalAllyJungleMinionsKilled: Math.round(script.jungle[seat]! * 0.9),
    totalDamageDealt: dealt * 6 + script.minions[seat]! * 350,
    totalDamageDealtToChampions: dealt,
    totalDamageTaken: taken,
    totalEnemyJungleMinionsKilled: Math.round(script.jungle[seat]! * 0.1),
    totalMinionsKilled: script.minions[seat]!,
    totalTimeSpentDead: Math.round(deeds.deaths * minutes * 0.9),
    tripleKills: deeds.multikills[3]!,
    trueDamageDealtToChampions: Math.round(dealt * 0.05),
    turretKills: towers,
    turretTakedowns: towers,
    turretsLost: lost.filter((building) => building.tower !== undefined).length,
    visionScore: random.int(8, 70),
    win: deeds.win,
  }
  for (let slot = 0; slot < 6; slot++) fields[`item${slot}`] = random.chance(0.85) ? random.pick(ITEMS) : 0
  if (!lean) for (let score = 0; score < 12; score++) fields[`PlayerScore${score}`] = score === 0 ? placement : 0
  for (const [name, most] of PARTICIPANT_COUNTS) fields[name] = skewed(random, most)
  for (const name of PARTICIPANT_ZEROS) fields[name] = 0
  if (placement > 0) {
    for (let slot = 1; slot <= 6; slot++) fields[`playerAugment${slot}`] = slot <= 4 ? random.int(1, 220) : 0
    Object.assign(fields, { placement, subteamPlacement: placement, playerSubteamId: (seat >> 1) + 1 })
  }
  if (random.chance(0.5)) fields['bountyLevel'] = random.int(0, 9)
  if (random.chance(0.3)) fields['roleBoundItem'] = random.int(0, 6)
  if (random.chance(0.2)) fields['PlayerBehavior'] = { PlayerBehavior_IsHeroInCombat: random.int(0, 1) }
  fields['challenges'] = challenges(random, script, deeds, fields, lean)
  return sorted(fields)
}

function challenges(
  random: Random,
  script: GameScript,
  deeds: Deeds,
  fields: Readonly<Record<string, unknown>>,
  lean: boolean,
): Record<string, unknown> {
  const minutes = script.duration / 60
  const team = script.kills.filter((kill) => deedsTeam(script, kill.killer) === deeds.team).length
  const ally = script.monsters.filter((monster) => teamOf(monster.killer) === deeds.team)
  const takedowns = deeds.kills + deeds.assists
  const result: Record<string, unknown> = {
    baronTakedowns: fields['baronKills'],
    controlWardsPlaced: fields['detectorWardsPlaced'],
    damagePerMinute: Number(fields['totalDamageDealtToChampions']) / minutes,
    damageTakenOnTeamPercentage: 0.1 + random.next() * 0.2,
    deathsByEnemyChamps: deeds.deaths,
    dragonTakedowns: fields['dragonKills'],
    firstTurretKilled: fields['firstTowerKill'] === true ? 1 : 0,
    gameLength: script.duration + random.next(),
    goldPerMinute: script.gold[Number(fields['participantId']) - 1]! / minutes,
    kda: takedowns / Math.max(1, deeds.deaths),
    killParticipation: team === 0 ? 0 : takedowns / team,
    killingSprees: deeds.sprees,
    legendaryItemUsed: random.sample(ITEMS, random.int(1, 4)),
    multikills: deeds.multikills.slice(2).reduce((sum, count) => sum + count, 0),
    perfectGame: 0,
    riftHeraldTakedowns: ally.some((monster) => monster.type === 'RIFTHERALD') && random.chance(0.5) ? 1 : 0,
    soloBaronKills: 0,
    takedowns,
    teamBaronKills: ally.filter((monster) => monster.type === 'BARON_NASHOR').length,
    teamDamagePercentage: 0.05 + random.next() * 0.3,
    teamElderDragonKills: 0,
    teamRiftHeraldKills: ally.filter((monster) => monster.type === 'RIFTHERALD').length,
    turretPlatesTaken: random.int(0, 4),
    turretTakedowns: fields['turretTakedowns'],
    visionScorePerMinute: Number(fields['visionScore']) / minutes,
  }
  for (const [name, most] of CHALLENGE_COUNT_FIELDS) {
    if (!lean || !name.startsWith('SWARM_')) result[name] = skewed(random, most)
  }
  for (const [name, most] of CHALLENGE_FRACTION_FIELDS) result[name] = random.chance(0.25) ? random.next() * most : 0
  for (const [name, most] of CHALLENGE_RARE_FIELDS) {
    if (random.chance(0.2))
      result[name] = CHALLENGE_RARE_FRACTIONS.has(name) ? random.next() * most : skewed(random, most)
  }
  return sorted(result)
}

function deedsTeam(script: GameScript, id: number): number {
  const placement = script.placements?.[(id - 1) >> 1]
  return placement === undefined ? teamOf(id) : placement <= 4 ? 100 : 200
}

/** From 0 to `most`, small numbers more often. */
function skewed(random: Random, most: number): number {
  return Math.floor(random.next() ** 3 * (most + 0.999))
}

/** The same object with its keys in the order of the wire. */
function sorted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}
