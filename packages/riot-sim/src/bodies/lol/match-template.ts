import { MODERN_FIELDS } from '../../data/lol-fields.ts'
import { CHAMPIONS } from '../../data/champions.ts'
import type { Random } from '../../world/random.ts'
import { Template, numberSlot, textSlot } from '../template.ts'
import { teamOf, type GameScript, type ScriptMonster } from './game-script.ts'
import { participant } from './participant.ts'
import { SLOT, playerSlots } from './slots.ts'

const MAPS = { rift: 11, abyss: 12, arena: 30 }

/** Which fields a match has: all of today's, or only those of 2021, before challenges and pings. */
export type Era = 'today' | 'before-challenges'

/** A match told from a script. */
export function matchTemplate(random: Random, script: GameScript, era: Era): Template {
  const lean = script.course !== 'arena' && random.chance(0.75)
  let participants = script.champions.map((_, seat) => participant(random, script, seat + 1, lean))
  if (era === 'before-challenges') {
    participants = participants.map((fields) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !MODERN_FIELDS.has(name))),
    )
  }
  return new Template({
    metadata: metadata(script.champions.length),
    info: {
      ...(era === 'today' && { endOfGameResult: 'GameComplete' }),
      ...times(script.duration),
      gameType: 'MATCHED_GAME',
      gameVersion: textSlot(SLOT.version),
      mapId: MAPS[script.course],
      participants,
      platformId: textSlot(SLOT.platform),
      queueId: numberSlot(SLOT.queue),
      teams:
        script.course === 'arena' ? arenaTeams(random, script) : [100, 200].map((id) => team(random, script, id, era)),
      tournamentCode: textSlot(SLOT.tournamentCode),
    },
  })
}

/** A match that was aborted before it began: nobody took part, though ten are named. */
export function abortedTemplate(): Template {
  return new Template({
    metadata: metadata(10),
    info: {
      endOfGameResult: 'Abort_Unexpected',
      ...times(0),
      gameMode: '',
      gameType: '',
      gameVersion: '',
      mapId: 0,
      participants: [],
      platformId: textSlot(SLOT.platform),
      queueId: numberSlot(SLOT.queue),
      teams: [],
      tournamentCode: '',
    },
  })
}

/** Who took part, as match and timeline name them. */
export function metadata(players: number): unknown {
  return {
    dataVersion: '2',
    matchId: textSlot(SLOT.matchId),
    participants: Array.from({ length: players }, (_, seat) => textSlot(playerSlots(seat).puuid)),
  }
}

function times(duration: number): Record<string, unknown> {
  return {
    gameCreation: numberSlot(SLOT.creation),
    gameDuration: duration,
    gameEndTimestamp: numberSlot(SLOT.end),
    gameId: numberSlot(SLOT.gameId),
    gameMode: textSlot(SLOT.mode),
    gameName: `teambuilder-match-${textSlot(SLOT.gameId)}`,
    gameStartTimestamp: numberSlot(SLOT.start),
  }
}

function team(random: Random, script: GameScript, id: number, era: Era): unknown {
  const killed = (type: ScriptMonster['type']): unknown => {
    const all = script.monsters.filter((monster) => monster.type === type)
    return {
      first: all[0] !== undefined && teamOf(all[0].killer) === id,
      kills: all.filter((monster) => teamOf(monster.killer) === id).length,
    }
  }
  const destroyed = (tower: boolean): unknown => {
    const all = script.buildings.filter((building) => (building.tower !== undefined) === tower)
    return {
      first: all[0] !== undefined && all[0].team !== id,
      kills: all.filter((building) => building.team !== id).length,
    }
  }
  const kills = script.kills.filter((kill) => teamOf(kill.killer) === id)
  const pickTurn = id === 100 ? 1 : 6
  return {
    bans: Array.from({ length: 5 }, (_, i) => ({
      championId: random.chance(0.1) ? -1 : random.pick(CHAMPIONS).id,
      pickTurn: pickTurn + i,
    })),
    ...(era === 'today' && {
      feats: {
        EPIC_MONSTER_KILL: { featState: random.int(0, 3) },
        FIRST_BLOOD: { featState: kills[0] === script.kills[0] ? 1001 : 0 },
        FIRST_TURRET: { featState: random.int(0, 3) },
      },
    }),
    objectives: {
      ...(era === 'today' && { atakhan: killed('ATAKHAN') }),
      baron: killed('BARON_NASHOR'),
      champion: { first: kills[0] !== undefined && kills[0] === script.kills[0], kills: kills.length },
      dragon: killed('DRAGON'),
      ...(era === 'today' && { horde: killed('HORDE') }),
      inhibitor: destroyed(false),
      riftHerald: killed('RIFTHERALD'),
      tower: destroyed(true),
    },
    teamId: id,
    win: id === script.winner,
  }
}

// Arena tells all kills as those of team 100, and has a team 0 of nobody.
function arenaTeams(random: Random, script: GameScript): unknown[] {
  const none = { first: false, kills: 0 }
  const feat = { featState: 0 }
  return [100, 0].map((teamId) => ({
    bans: teamId === 0 ? [] : random.sample(CHAMPIONS, 16).map(({ id }, i) => ({ championId: id, pickTurn: i + 1 })),
    feats: { EPIC_MONSTER_KILL: feat, FIRST_BLOOD: feat, FIRST_TURRET: feat },
    objectives: {
      atakhan: none,
      baron: none,
      champion: teamId === 0 ? none : { first: true, kills: script.kills.length },
      dragon: none,
      horde: none,
      inhibitor: none,
      riftHerald: none,
      tower: none,
    },
    teamId,
    win: teamId === 100,
  }))
}
