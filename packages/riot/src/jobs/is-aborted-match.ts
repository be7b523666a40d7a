import type { MatchDto } from '../schemas/match-v5.ts'

/** True for a match that was called off before it began: Riot answers with 200, an empty `gameMode` and nobody in it. */
export function isAbortedMatch({ info }: MatchDto): boolean {
  return info.participants.length === 0
}
