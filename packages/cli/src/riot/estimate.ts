import { idealMs } from '@sluice/riot-sim'
import { platformToAccountRegion, platformToRegion } from '@sluice/riot'
import { formatCount, formatDuration } from '../progress/format.ts'
import type { Plan } from './plan.ts'

/** How many requests go to one host. */
interface HostLoad {
  readonly host: string
  readonly requests: number
}

/** The most requests that a recipe can make for so many players, by host. */
export function loads({ recipe, platform, matches, timelines }: Plan, players: number): HostLoad[] {
  const region = platform === undefined ? 'the region of the players' : platformToRegion(platform)
  const home = platform ?? 'the platform of the players'
  const account = platform === undefined ? 'europe' : platformToAccountRegion(platform)
  const found = players * matches.count * (timelines ? 2 : 1)
  const pages = players * Math.ceil(matches.count / 100)
  // An account, and where it is at home.
  const known = players * (platform === undefined ? 2 : 1)
  switch (recipe) {
    case 'matches':
      return merged([
        { host: account, requests: known },
        { host: region, requests: pages + found },
      ])
    case 'accounts':
      return [{ host: account, requests: players }]
    case 'masteries':
    case 'live':
      return merged([
        { host: account, requests: known },
        { host: home, requests: players },
      ])
    case 'ladder':
      return [{ host: home, requests: Math.ceil(players / 200) }]
    default:
      return [
        { host: home, requests: Math.ceil(players / 200) },
        { host: region, requests: pages + found },
      ]
  }
}

/** Lines that say how long that takes under the limits of an application, `20:1,100:120`. Hosts have limits of their own. */
export function estimateLines(all: readonly HostLoad[], limits: string): string[] {
  const times = all.map(({ requests }) => idealMs(requests, limits))
  return [
    ...all.map(
      ({ host, requests }, i) =>
        `${host}: at most ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}, ${formatDuration(times[i]!)}`,
    ),
    `${formatDuration(Math.max(...times))} at ${limits}, if no other limit holds`,
  ]
}

function merged(all: readonly HostLoad[]): HostLoad[] {
  const sums = new Map<string, number>()
  for (const { host, requests } of all) sums.set(host, (sums.get(host) ?? 0) + requests)
  return [...sums].map(([host, requests]) => ({ host, requests }))
}
