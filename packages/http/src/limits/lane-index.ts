import { Lane } from './lane.ts'
import { originOf } from './scopes.ts'
import type { LimitedRequest, LimitScope } from './types.ts'

/** Lanes without anybody in them are forgotten when there are more than this. */
const MAX_LANES = 10_000

/** Finds the lane of a request: all whose scopes have the same keys are in the same one. */
export class LaneIndex<T> {
  readonly #scopes: readonly LimitScope[]
  readonly #identity: (request: LimitedRequest) => string
  readonly #onRing: (lane: Lane<T>) => void
  readonly #onForget: (lane: Lane<T>) => void
  readonly #lanes = new Map<string, Lane<T>>()
  /** The same by base, route and method, where the keys depend on nothing else: looking up strings that exist is cheaper than making one. */
  readonly #byRoute: Map<string, Map<string, Map<string, Lane<T>>>> | undefined
  readonly #bases = new Map<string, Map<string, string>>()
  #sweepAt = MAX_LANES

  constructor(
    scopes: readonly LimitScope[],
    identity: (request: LimitedRequest) => string,
    onRing: (lane: Lane<T>) => void,
    onForget: (lane: Lane<T>) => void,
  ) {
    this.#scopes = scopes
    this.#identity = identity
    this.#onRing = onRing
    this.#onForget = onForget
    this.#byRoute = scopes.every((scope) => scope.byRoute === true) ? new Map() : undefined
  }

  lanes(): Iterable<Lane<T>> {
    return this.#lanes.values()
  }

  find(request: LimitedRequest): Lane<T> {
    const base = this.#base(request)
    const byRoute = this.#byRoute
    if (byRoute === undefined) return this.#find(request, base)
    const { method, route = '' } = request
    let routes = byRoute.get(base)
    if (routes === undefined) byRoute.set(base, (routes = new Map()))
    let methods = routes.get(route)
    if (methods === undefined) routes.set(route, (methods = new Map()))
    let lane = methods.get(method)
    if (lane === undefined) {
      lane = this.#find(request, base)
      methods.set(method, lane)
    }
    return lane
  }

  /** Origin and identity. */
  #base(request: LimitedRequest): string {
    const origin = originOf(request.url)
    const identity = this.#identity(request)
    let bases = this.#bases.get(origin)
    if (bases === undefined) this.#bases.set(origin, (bases = new Map()))
    let base = bases.get(identity)
    if (base === undefined) bases.set(identity, (base = identity === '' ? origin : `${origin}#${identity}`))
    return base
  }

  #find(request: LimitedRequest, base: string): Lane<T> {
    let key = base
    const scopes: { scope: LimitScope; key: string }[] = []
    for (const scope of this.#scopes) {
      const scopeKey = scope.key(request, base)
      if (scopeKey === undefined) continue
      scopes.push({ scope, key: scopeKey })
      if (scopeKey !== base) key += `\n${scopeKey}`
    }
    let lane = this.#lanes.get(key)
    if (lane === undefined) {
      if (this.#lanes.size >= this.#sweepAt) this.#sweep()
      this.#lanes.set(key, (lane = new Lane(key, base, scopes, this.#onRing)))
    }
    return lane
  }

  /** The next sweep waits until their number has doubled, so that it costs O(1) a lane. */
  #sweep(): void {
    this.#byRoute?.clear()
    this.#bases.clear()
    for (const [key, lane] of this.#lanes) {
      if (lane.size > 0 || lane.outstanding > 0 || lane.asking) continue
      this.#lanes.delete(key)
      this.#onForget(lane)
    }
    this.#sweepAt = Math.max(MAX_LANES, this.#lanes.size * 2)
  }
}
