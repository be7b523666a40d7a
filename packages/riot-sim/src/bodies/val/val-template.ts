import { VAL_AGENTS, VAL_ARMORS, VAL_WEAPONS } from '../../data/val.ts'
import type { Random } from '../../world/random.ts'
import { plainUuid } from '../../world/uuids.ts'
import { Template, numberSlot, textSlot } from '../template.ts'

/** The slots of a match. */
export const VAL_SLOT = {
  matchId: 0,
  start: 1,
  queue: 2,
  mode: 3,
  ranked: 4,
  map: 5,
  region: 6,
  season: 7,
  length: 8,
  firstPlayer: 9,
} as const

const SEATS = 10
const ROUND_MS = 95_000
const WIN_AT = 13

interface Kill {
  readonly at: number
  readonly killer: number
  readonly victim: number
  readonly assistants: readonly number[]
  readonly alive: readonly number[]
}

interface Round {
  readonly winner: 0 | 1
  readonly kills: readonly Kill[]
  readonly planter: number | undefined
  readonly defuser: number | undefined
}

/** How long the match of this stream of numbers takes, in ms: the first thing that is drawn. */
export function valLength(random: Random): number {
  return random.int(20, 40) * 60_000 + random.int(0, 59_999)
}

/** A match: what players did is counted from the rounds, so totals and rounds agree. */
export function valTemplate(random: Random, system: 'pc' | 'console'): Template {
  const length = valLength(random)
  const rounds: Round[] = []
  const score = [0, 0]
  while (Math.max(...score) < WIN_AT) {
    const winner = random.chance(0.53) ? 0 : 1
    score[winner]!++
    rounds.push(playRound(random, winner))
  }
  const kills = rounds.flatMap((round) => round.kills)
  const isPc = system === 'pc'
  return new Template({
    matchInfo: {
      matchId: textSlot(VAL_SLOT.matchId),
      mapId: textSlot(VAL_SLOT.map),
      ...(isPc && { gameVersion: 'release-12.09-shipping-9-3044158' }),
      gameLengthMillis: numberSlot(VAL_SLOT.length),
      ...(isPc && { region: textSlot(VAL_SLOT.region) }),
      gameStartMillis: numberSlot(VAL_SLOT.start),
      provisioningFlowId: 'Matchmaking',
      isCompleted: true,
      customGameName: '',
      queueId: textSlot(VAL_SLOT.queue),
      gameMode: textSlot(VAL_SLOT.mode),
      isRanked: numberSlot(VAL_SLOT.ranked),
      seasonId: textSlot(VAL_SLOT.season),
      ...(isPc && { premierMatchInfo: {} }),
    },
    players: Array.from({ length: SEATS }, (_, seat) => ({
      puuid: puuid(seat),
      gameName: textSlot(VAL_SLOT.firstPlayer + 3 * seat + 1),
      tagLine: textSlot(VAL_SLOT.firstPlayer + 3 * seat + 2),
      teamId: teamName(seat),
      partyId: plainUuid(random.int(0, 6), 233),
      characterId: random.pick(VAL_AGENTS),
      stats: {
        score: kills.filter((kill) => kill.killer === seat).length * 230 + random.int(0, 900),
        roundsPlayed: rounds.length,
        kills: kills.filter((kill) => kill.killer === seat).length,
        deaths: kills.filter((kill) => kill.victim === seat).length,
        assists: kills.filter((kill) => kill.assistants.includes(seat)).length,
        playtimeMillis: length,
        abilityCasts: random.chance(0.15)
          ? null
          : {
              grenadeCasts: random.int(0, 23),
              ability1Casts: random.int(0, 21),
              ability2Casts: random.int(2, 38),
              ultimateCasts: random.int(0, 3),
            },
      },
      competitiveTier: random.int(0, 27),
      ...(isPc && { isObserver: false }),
      playerCard: plainUuid(random.int(0, 400), 239),
      playerTitle: plainUuid(random.int(0, 150), 241),
      ...(isPc && { accountLevel: random.int(3, 580) }),
    })),
    coaches: [],
    teams: [0, 1].map((team) => ({
      teamId: TEAMS[team],
      won: score[team] === WIN_AT,
      roundsPlayed: rounds.length,
      roundsWon: score[team],
      numPoints: score[team],
    })),
    roundResults: rounds.map((round, number) => roundResult(random, round, number, isPc)),
  })
}

const TEAMS = ['Red', 'Blue']

function teamName(seat: number): string {
  return TEAMS[seat < 5 ? 0 : 1]!
}

function puuid(seat: number): string {
  return textSlot(VAL_SLOT.firstPlayer + 3 * seat)
}

function playRound(random: Random, winner: 0 | 1): Round {
  const alive = new Set(Array.from({ length: SEATS }, (_, seat) => seat))
  const kills: Kill[] = []
  const living = (team: number): number[] => [...alive].filter((seat) => (seat < 5 ? 0 : 1) === team)
  const planted = random.chance(0.4)
  // Without the spike, a round ends when the losers are dead.
  for (let at = 8000; living(1 - winner).length > (planted ? 1 : 0); at += random.int(2000, 12_000)) {
    const byWinner = living(winner).length === 1 || random.chance(0.68)
    const killers = living(byWinner ? winner : 1 - winner)
    const victims = living(byWinner ? 1 - winner : winner)
    const killer = random.pick(killers)
    const victim = random.pick(victims)
    alive.delete(victim)
    const mates = killers.filter((seat) => seat !== killer)
    kills.push({ at, killer, victim, assistants: random.sample(mates, random.chance(0.25) ? 1 : 0), alive: [...alive] })
  }
  const planter = planted ? random.int(0, 4) : undefined
  return { winner, kills, planter, defuser: planted && winner === 1 ? random.int(5, 9) : undefined }
}

function roundResult(random: Random, round: Round, number: number, isPc: boolean): unknown {
  const { winner, planter, defuser } = round
  const code = defuser !== undefined ? 'Defuse' : planter !== undefined && winner === 0 ? 'Detonate' : 'Elimination'
  const started = number * ROUND_MS
  const nowhere = { x: 0, y: 0 }
  return {
    roundNum: number,
    roundResult: { Defuse: 'Bomb defused', Detonate: 'Bomb detonated', Elimination: 'Eliminated' }[code],
    roundCeremony: random.pick([
      'CeremonyDefault',
      'CeremonyDefault',
      'CeremonyCloser',
      'CeremonyClutch',
      'CeremonyFlawless',
    ]),
    winningTeam: TEAMS[winner],
    ...(isPc && { winningTeamRole: winner === 0 ? 'Attacker' : 'Defender' }),
    bombPlanter: planter === undefined ? null : puuid(planter),
    bombDefuser: defuser === undefined ? null : puuid(defuser),
    plantRoundTime: planter === undefined ? 0 : random.int(20_000, 89_000),
    plantPlayerLocations: planter === undefined ? null : locations(random, [0, 1, 2, 5, 6, 7]),
    plantLocation: planter === undefined ? nowhere : location(random),
    plantSite: planter === undefined ? '' : random.pick(['A', 'B']),
    defuseRoundTime: defuser === undefined ? 0 : random.int(40_000, 98_000),
    defusePlayerLocations: defuser === undefined ? null : locations(random, [5, 6]),
    defuseLocation: defuser === undefined ? nowhere : location(random),
    playerStats: Array.from({ length: SEATS }, (_, seat) => {
      const kills = round.kills.filter((kill) => kill.killer === seat)
      const wounded = round.kills.filter((kill) => kill.killer === seat || kill.assistants.includes(seat))
      return {
        puuid: puuid(seat),
        kills: kills.map((kill) => ({
          timeSinceGameStartMillis: started + kill.at,
          timeSinceRoundStartMillis: kill.at,
          killer: puuid(kill.killer),
          victim: puuid(kill.victim),
          victimLocation: location(random),
          assistants: kill.assistants.map(puuid),
          playerLocations: locations(random, kill.alive),
          finishingDamage: {
            damageType: 'Weapon',
            damageItem: random.pick(VAL_WEAPONS),
            isSecondaryFireMode: random.chance(0.06),
          },
        })),
        damage: wounded.map((kill) => ({
          receiver: puuid(kill.victim),
          damage: random.int(20, 160),
          legshots: random.int(0, 1),
          bodyshots: random.int(0, 3),
          headshots: random.int(0, 1),
        })),
        score: kills.length * 230 + random.int(0, 40),
        economy: {
          loadoutValue: random.int(0, 70) * 100,
          weapon: random.chance(0.2) ? '' : random.pick(VAL_WEAPONS),
          armor: random.chance(0.35) ? '' : random.pick(VAL_ARMORS),
          remaining: random.int(0, 88) * 100,
          spent: random.int(0, 62) * 100,
        },
        ability: { grenadeEffects: null, ability1Effects: null, ability2Effects: null, ultimateEffects: null },
      }
    }),
    roundResultCode: code,
  }
}

function locations(random: Random, seats: readonly number[]): unknown[] {
  return seats.map((seat) => ({
    puuid: puuid(seat),
    viewRadians: Math.round(random.next() * 6_283_000) / 1_000_000,
    location: location(random),
  }))
}

function location(random: Random): { x: number; y: number } {
  return { x: random.int(-7800, 13_000), y: random.int(-6800, 6800) }
}
