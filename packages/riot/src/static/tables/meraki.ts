import { get } from '@sluice/http'
import type * as Meraki from '../schemas/meraki.ts'

/** Meraki's files. */
export const meraki = {
  /** Every champion, by its key, such as `MonkeyKing`. */
  getLolChampions: get('cdn', '/lol/resources/latest/en-US/champions.json')<Record<string, Meraki.Champion>>,
  getLolChampion: get('cdn', '/lol/resources/latest/en-US/champions/{championKey}.json')<Meraki.Champion>,
  /** Every item, by its id. */
  getLolItems: get('cdn', '/lol/resources/latest/en-US/items.json')<Record<string, Meraki.Item>>,
  getLolItem: get('cdn', '/lol/resources/latest/en-US/items/{itemId}.json')<Meraki.Item>,
  /** How often each champion is played in each position. */
  getLolChampionRates: get('cdn', '/lol/resources/latest/en-US/championrates.json')<Meraki.ChampionRates>,
} as const
