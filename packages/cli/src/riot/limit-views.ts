import type { RiotHostState } from '@sluice/riot'
import type { LimitView } from '../progress/limit-view.ts'

/** The limits of the Riot API as the progress shows them: `europe app`, `europe match-v5.getMatch`. */
export function limitViews(hosts: readonly RiotHostState[]): LimitView[] {
  return hosts.flatMap(({ host, app, methods, waiting }) =>
    [app, ...methods].map((scope, i) => ({
      name: i === 0 ? `${short(host)} app` : `${short(host)} ${operation(scope.name)}`,
      windows: scope.windows,
      wait: waiting === 0 ? 0 : Math.max(scope.frozenFor, ...scope.windows.map(waitOf)),
    })),
  )
}

function waitOf({ used, limit, resetIn = 0 }: RiotHostState['app']['windows'][number]): number {
  return used >= limit ? resetIn : 0
}

/** Of a simulator it is the address with the route. */
function short(host: string): string {
  return host.split('/').at(-1)!.replace('.api.riotgames.com', '')
}

/** `/lol/match/v5/matches/by-puuid/{puuid}/ids` is `match-v5 ids`. */
function operation(method: string): string {
  const [, service, version, rest] = /^(?:[A-Z]+ )?\/[^/]+\/([^/]+)\/(v\d+)\/(.*)$/.exec(method) ?? []
  if (service === undefined || rest === undefined) return method
  const word = rest.split('/').findLast((part) => !/^(by-|\{|\*)/.test(part))
  return `${service}-${version}${word === undefined ? '' : ` ${word}`}`
}
