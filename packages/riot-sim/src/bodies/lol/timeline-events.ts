import type { Random } from '../../world/random.ts'
import { numberSlot } from '../template.ts'
import { teamOf, type GameScript, type ScriptKill } from './game-script.ts'
import { SLOT } from './slots.ts'

type TimelineEvent = Record<string, unknown>

const WARDS = ['SIGHT_WARD', 'CONTROL_WARD', 'YELLOW_TRINKET', 'BLUE_TRINKET', 'UNDEFINED']
const MONSTER_PLACES: Readonly<Record<string, { x: number; y: number }>> = {
  DRAGON: { x: 9866, y: 4414 },
  HORDE: { x: 4900, y: 10_300 },
  RIFTHERALD: { x: 5007, y: 10_471 },
  BARON_NASHOR: { x: 5007, y: 10_471 },
  ATAKHAN: { x: 7500, y: 7600 },
}

/** What happened in a game, in order of time. */
export function timelineEvents(random: Random, script: GameScript): TimelineEvent[] {
  const end = script.duration * 1000
  const events: TimelineEvent[] = [
    ...script.kills.flatMap((kill, index) => killEvents(random, script, kill, index)),
    ...script.monsters.map((monster) => ({
      assistingParticipantIds: [],
      bounty: 0,
      killerId: monster.killer,
      killerTeamId: teamOf(monster.killer),
      ...(monster.subType !== undefined && { monsterSubType: monster.subType }),
      monsterType: monster.type,
      position: MONSTER_PLACES[monster.type]!,
      timestamp: monster.at,
      type: 'ELITE_MONSTER_KILL',
    })),
    ...script.buildings.map((building) => ({
      bounty: 0,
      buildingType: building.tower === undefined ? 'INHIBITOR_BUILDING' : 'TOWER_BUILDING',
      killerId: building.killer,
      laneType: building.lane,
      position: place(random),
      teamId: building.team,
      timestamp: building.at,
      ...(building.tower !== undefined && { towerType: building.tower }),
      type: 'BUILDING_KILL',
    })),
    ...script.champions.flatMap((_, seat) => chores(random, script, seat)),
  ]
  if (script.course === 'rift') {
    for (let i = random.int(6, 14); i > 0; i--) {
      events.push({
        killerId: random.int(0, 10),
        laneType: random.pick(['TOP_LANE', 'MID_LANE', 'BOT_LANE']),
        position: place(random),
        teamId: random.pick([100, 200]),
        timestamp: random.int(300_000, 840_000),
        type: 'TURRET_PLATE_DESTROYED',
      })
    }
  }
  events.sort((a, b) => Number(a['timestamp']) - Number(b['timestamp']))
  return [
    { realTimestamp: numberSlot(SLOT.start), timestamp: 0, type: 'PAUSE_END' },
    ...events.filter((event) => Number(event['timestamp']) < end),
    {
      gameId: numberSlot(SLOT.gameId),
      realTimestamp: numberSlot(SLOT.end),
      timestamp: end,
      type: 'GAME_END',
      winningTeam: script.winner,
    },
  ]
}

function killEvents(random: Random, script: GameScript, kill: ScriptKill, index: number): TimelineEvent[] {
  const position = place(random)
  const name = (id: number): string => script.champions[id - 1]!.name
  const blow = (id: number, spell: number): unknown => ({
    basic: spell === 0,
    magicDamage: random.int(0, 300),
    name: name(id),
    participantId: id,
    physicalDamage: random.int(0, 400),
    spellName: spell === 0 ? `${name(id).toLowerCase()}basicattack` : `${name(id).toLowerCase()}${'qwer'[spell - 1]}`,
    spellSlot: spell === 0 ? 64 : spell - 1,
    trueDamage: random.int(0, 40),
    type: 'OTHER',
  })
  const attackers = [kill.killer, ...kill.assists]
  const events: TimelineEvent[] = [
    {
      ...(kill.assists.length > 0 && { assistingParticipantIds: kill.assists }),
      bounty: 300,
      killStreakLength: 0,
      killerId: kill.killer,
      position,
      shutdownBounty: 0,
      timestamp: kill.at,
      type: 'CHAMPION_KILL',
      ...(random.chance(0.95) && {
        victimDamageDealt: Array.from({ length: random.int(2, 7) }, () => blow(kill.victim, random.int(0, 4))),
      }),
      victimDamageReceived: attackers.flatMap((id) =>
        Array.from({ length: random.int(2, 5) }, () => blow(id, random.int(0, 4))),
      ),
      victimId: kill.victim,
    },
  ]
  const special = (killType: string, multiKillLength?: number): void => {
    events.push({
      killType,
      killerId: kill.killer,
      ...(multiKillLength !== undefined && { multiKillLength }),
      position,
      timestamp: kill.at,
      type: 'CHAMPION_SPECIAL_KILL',
    })
  }
  if (index === 0) special('KILL_FIRST_BLOOD')
  const chain = chainLength(script, index)
  if (chain > 1) special('KILL_MULTI', chain)
  return events
}

/** The how manieth kill in a row this is, each within ten seconds of the one before. */
function chainLength(script: GameScript, index: number): number {
  const own = script.kills.slice(0, index + 1).filter((kill) => kill.killer === script.kills[index]!.killer)
  let length = 1
  for (let i = own.length - 1; i > 0 && own[i]!.at - own[i - 1]!.at <= 10_000; i--) length++
  return Math.min(5, length)
}

/** Levels, skills, shopping and wards of one participant. */
function chores(random: Random, script: GameScript, seat: number): TimelineEvent[] {
  const end = script.duration * 1000
  const participantId = seat + 1
  const events: TimelineEvent[] = []
  for (let level = 2; level <= script.levels[seat]!; level++) {
    const timestamp = Math.round(end * (level / script.levels[seat]!) ** (1 / 0.6) * 0.97)
    events.push({ level, participantId, timestamp, type: 'LEVEL_UP' })
    events.push({
      levelUpType: 'NORMAL',
      participantId,
      skillSlot: level % 6 === 0 ? 4 : random.int(1, 3),
      timestamp: timestamp + random.int(200, 3000),
      type: 'SKILL_LEVEL_UP',
    })
  }
  const buys = Math.round((script.duration / 60) * 0.8)
  for (let i = 0; i < buys; i++) {
    const timestamp = i < 2 ? random.int(3000, 20_000) : random.int(180_000, end - 1)
    const itemId = random.int(1001, 6700)
    events.push({ itemId, participantId, timestamp, type: 'ITEM_PURCHASED' })
    if (random.chance(0.5)) events.push({ itemId, participantId, timestamp: timestamp + 1, type: 'ITEM_DESTROYED' })
    if (random.chance(0.08)) {
      events.push({
        afterId: 0,
        beforeId: itemId,
        goldGain: 300,
        participantId,
        timestamp: timestamp + 2,
        type: 'ITEM_UNDO',
      })
    }
    if (random.chance(0.04)) events.push({ itemId, participantId, timestamp: timestamp + 3, type: 'ITEM_SOLD' })
  }
  if (script.course === 'arena') return events
  for (let i = random.int(4, 22); i > 0; i--) {
    events.push({
      creatorId: participantId,
      timestamp: random.int(60_000, end - 1),
      type: 'WARD_PLACED',
      wardType: random.pick(WARDS),
    })
  }
  for (let i = random.int(0, 8); i > 0; i--) {
    events.push({
      killerId: participantId,
      timestamp: random.int(120_000, end - 1),
      type: 'WARD_KILL',
      wardType: random.pick(WARDS),
    })
  }
  return events
}

function place(random: Random): { x: number; y: number } {
  return { x: random.int(300, 14_500), y: random.int(300, 14_500) }
}
