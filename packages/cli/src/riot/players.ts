import { ItemError } from '../errors.ts'
import type { Item } from '../input/entry.ts'
import type { RiotItem } from './plan.ts'

/** Encrypted ids of players are so long at Riot. */
const PUUID = /^[\w-]{78}$/

/** The first step for a player: a Riot id `Name#TAG`, or a puuid. @throws ItemError for anything else. */
function playerItem(text: string): RiotItem {
  const player = text.trim()
  if (PUUID.test(player)) return { key: `named ${player}`, step: 'named', puuid: player }
  const at = player.lastIndexOf('#')
  if (at <= 0 || at === player.length - 1) {
    throw new ItemError(`is no player: ${JSON.stringify(player)} (write a Riot id such as 'Name#TAG', or a puuid)`)
  }
  return { key: `account ${player}`, step: 'account', riotId: player }
}

/** The player of an item of the input: the item itself, or its field `riotId`, `puuid` or `gameName` with `tagLine`. @throws ItemError */
export function playerOf({ text, fields }: Item): RiotItem {
  if (text !== undefined) return playerItem(text)
  const { puuid, riotId, gameName, tagLine } = fields ?? {}
  if (typeof puuid === 'string') return playerItem(puuid)
  if (typeof riotId === 'string') return playerItem(riotId)
  if (typeof gameName === 'string' && typeof tagLine === 'string') return playerItem(`${gameName}#${tagLine}`)
  throw new ItemError('has no field "puuid", "riotId", or "gameName" with "tagLine"')
}
