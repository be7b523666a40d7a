/** A queue of League of Legends: what matches of it say, and how many of a hundred matches are of it. */
export interface Queue {
  readonly id: number
  readonly mode: string
  readonly map: number
  /** What the `type` filter of the match list calls it. */
  readonly type: 'ranked' | 'normal' | 'tourney'
  readonly share: number
  readonly course: 'rift' | 'abyss'
}

/** The queues of ten. */
export const QUEUES: readonly Queue[] = [
  { id: 420, mode: 'CLASSIC', map: 11, type: 'ranked', share: 50, course: 'rift' },
  { id: 440, mode: 'CLASSIC', map: 11, type: 'ranked', share: 14, course: 'rift' },
  { id: 400, mode: 'CLASSIC', map: 11, type: 'normal', share: 10, course: 'rift' },
  { id: 480, mode: 'SWIFTPLAY', map: 11, type: 'normal', share: 6, course: 'rift' },
  { id: 450, mode: 'ARAM', map: 12, type: 'normal', share: 18, course: 'abyss' },
  { id: 700, mode: 'CLASSIC', map: 11, type: 'tourney', share: 2, course: 'rift' },
]

/** Arena, with sixteen players. */
export const ARENA: { readonly id: number; readonly mode: string; readonly map: number; readonly type: 'normal' } = {
  id: 1700,
  mode: 'CHERRY',
  map: 30,
  type: 'normal',
}

/** Teamfight Tactics. */
export const TFT_QUEUES: readonly { readonly id: number; readonly gameType: string; readonly share: number }[] = [
  { id: 1100, gameType: 'standard', share: 70 },
  { id: 1090, gameType: 'standard', share: 18 },
  { id: 1160, gameType: 'pairs', share: 12 },
]
