/** The slots of a match and of its timeline. */
export const SLOT = {
  matchId: 0,
  gameId: 1,
  creation: 2,
  start: 3,
  end: 4,
  platform: 5,
  queue: 6,
  mode: 7,
  version: 8,
  tournamentCode: 9,
} as const

const FIRST_PLAYER = 10
/** How many slots each player has. */
export const PER_PLAYER = 6

/** The slots of the player in a seat, 0 and up. */
export function playerSlots(seat: number): {
  puuid: number
  gameName: number
  tagLine: number
  summonerId: number
  level: number
  icon: number
} {
  const first = FIRST_PLAYER + seat * PER_PLAYER
  return {
    puuid: first,
    gameName: first + 1,
    tagLine: first + 2,
    summonerId: first + 3,
    level: first + 4,
    icon: first + 5,
  }
}
