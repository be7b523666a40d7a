import { plainUuid } from '../world/uuids.ts'

// A small vocabulary of VALORANT. The ids are this world's own.

export const VAL_MAPS: readonly { name: string; path: string }[] = [
  'Ascent',
  'Bonsai',
  'Canyon',
  'Duality',
  'Foxtrot',
  'Jam',
  'Juliett',
  'Pitt',
  'Port',
  'Triad',
].map((name) => ({ name, path: `/Game/Maps/${name}/${name}` }))

/** Queues, how many of a hundred matches are of each, and the game mode that matches name. */
export const VAL_QUEUES: readonly { readonly id: string; readonly share: number; readonly mode: string }[] = [
  { id: 'competitive', share: 45, mode: '/Game/GameModes/Bomb/BombGameMode.BombGameMode_C' },
  { id: 'unrated', share: 25, mode: '/Game/GameModes/Bomb/BombGameMode.BombGameMode_C' },
  {
    id: 'swiftplay',
    share: 18,
    mode: '/Game/GameModes/_Development/Swiftplay_EndOfRoundCredits/Swiftplay_EoRCredits_GameMode.Swiftplay_EoRCredits_GameMode_C',
  },
  { id: 'spikerush', share: 12, mode: '/Game/GameModes/QuickBomb/QuickBombGameMode.QuickBombGameMode_C' },
]

/** The same on consoles. */
export const VAL_CONSOLE_QUEUES: Readonly<Record<string, string>> = {
  competitive: 'console_competitive',
  unrated: 'console_unrated',
  swiftplay: 'console_swiftplay',
  spikerush: 'console_hurm',
}

export const VAL_WEAPONS: readonly string[] = Array.from({ length: 18 }, (_, i) => plainUuid(i, 181).toUpperCase())
export const VAL_ARMORS: readonly string[] = Array.from({ length: 2 }, (_, i) => plainUuid(i, 191).toUpperCase())
export const VAL_AGENTS: readonly string[] = Array.from({ length: 28 }, (_, i) => plainUuid(i, 193))

/** Episodes of three acts each; the last act is the one that goes on. */
export const VAL_ACTS: readonly {
  id: string
  parentId: string
  type: 'act' | 'episode'
  name: string
  isActive: boolean
}[] = Array.from({ length: 8 }, (_, episode) => {
  const parentId = plainUuid(episode, 197)
  const last = episode === 7
  return [
    {
      id: parentId,
      parentId: '00000000-0000-0000-0000-000000000000',
      type: 'episode' as const,
      name: `EPISODE ${episode + 1}`,
      isActive: last,
    },
    ...[1, 2, 3].map((act) => ({
      id: plainUuid(episode, 199, act),
      parentId,
      type: 'act' as const,
      name: `ACT ${act}`,
      isActive: last && act === 3,
    })),
  ]
}).flat()
