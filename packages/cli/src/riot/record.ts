import { outcomeLine, type Line, type Outcome } from '@sluice/runs'
import { isWanted, type Plan, type RiotItem } from './plan.ts'

/** What a line calls a step. */
const KINDS: Readonly<Record<RiotItem['step'], string>> = {
  account: 'account',
  named: 'account',
  home: 'home',
  ids: 'ids',
  match: 'match',
  timeline: 'timeline',
  ladder: 'ladder',
  entry: 'player',
  masteries: 'masteries',
  game: 'game',
}

/** The line of an outcome: `{"index":0,"key":"EUW1_1","kind":"match","attempts":1,…}`. A step that only led somewhere has one if it failed. */
export function riotLine(plan: Plan, outcome: Outcome<RiotItem, unknown>): Line | undefined {
  const { item, status } = outcome
  if (status === 'fulfilled' && !isWanted(plan, item)) return undefined
  const key = outcome.key.replace(/^(account|named) /, '').replace(/ timeline$/, '')
  const [head, ...rest] = (outcomeLine({ ...outcome, key }) as string).split(',"attempts":')
  return [`${head},"kind":${JSON.stringify(KINDS[item.step])}`, ...rest].join(',"attempts":')
}
