import { operationById, type Operation } from '../data/operations.ts'
import type { ApiKey } from '../keys.ts'
import { Random } from '../world/random.ts'
import type { WindowMode } from './limit-window.ts'
import { LimitScope } from './limit-scope.ts'
import { parseRatePairs } from './rate-pairs.ts'

/** What the `X-Rate-Limit-Type` of a 429 says; `none` for a 429 without that header. */
export type RejectType = 'application' | 'method' | 'service' | 'server' | 'none'

/** In which order the pairs of a limit header come; `random` draws anew for each response. */
export type HeaderOrder = 'as-is' | 'reversed' | 'random'

/** Options of a {@link LimitBook}. */
export interface LimitOptions {
  readonly seed: number
  readonly windowMode: WindowMode
  readonly countRejects: boolean
  readonly headerOrder: HeaderOrder
  /** Method limits for all keys, by operation id; `*` for all others. */
  readonly methods: Readonly<Record<string, string>>
  /** Limits of a service on a host, shared by all keys, by service such as `match-v5`. */
  readonly services: Readonly<Record<string, string>>
}

/** Whose limits are to change. */
export interface LimitTarget {
  readonly key: ApiKey
  /** Default: all hosts. */
  readonly route?: string
  /** Operation id. Default: the application limit. */
  readonly operation?: string
}

/** What counting a request came to. */
export interface Admission {
  /** Undefined when the request may go on. */
  readonly rejectedBy: RejectType | undefined
  /** Ms until the rejecting scope has room. */
  readonly waitMs: number
  readonly app: LimitScope
  readonly method: LimitScope
}

/** All counters: per (key, host), per (key, host, operation), and per (service, host). */
export class LimitBook {
  readonly #options: LimitOptions
  readonly #random: Random
  readonly #scopes = new Map<string, LimitScope>()
  readonly #changes: { target: LimitTarget; spec: string }[] = []

  constructor(options: LimitOptions) {
    this.#options = options
    this.#random = new Random(options.seed, 283)
    for (const id of Object.keys(options.methods)) if (id !== '*') operationById(id)
    for (const spec of Object.values(options.methods)) parseRatePairs('methods', spec)
    for (const spec of Object.values(options.services)) parseRatePairs('services', spec)
  }

  /** Counts a request that arrives at `now`, rejected or not, and says whether it may go on. */
  admit(key: ApiKey, route: string, operation: Operation, now: number): Admission {
    const app = this.app(key, route)
    const method = this.method(key, route, operation.id)
    const service = this.#service(route, operation.service)
    const appWait = app.waitMs(now)
    const methodWait = method.waitMs(now)
    const serviceWait = service?.waitMs(now) ?? 0
    const rejectedBy = appWait > 0 ? 'application' : methodWait > 0 ? 'method' : serviceWait > 0 ? 'service' : undefined
    if (rejectedBy === undefined || this.#options.countRejects) {
      app.charge(now)
      method.charge(now)
    }
    // What the edge has turned away does not reach the service.
    if (rejectedBy === undefined || rejectedBy === 'service') service?.charge(now)
    const waitMs = rejectedBy === 'application' ? appWait : rejectedBy === 'method' ? methodWait : serviceWait
    return { rejectedBy, waitMs, app, method }
  }

  /** The four limit headers, names and values in turn. */
  headers({ app, method }: Admission, now: number): string[] {
    const appOrder = this.#order(app)
    const methodOrder = this.#order(method)
    return [
      'X-App-Rate-Limit',
      app.limitHeader(appOrder),
      'X-App-Rate-Limit-Count',
      app.countHeader(appOrder, now),
      'X-Method-Rate-Limit',
      method.limitHeader(methodOrder),
      'X-Method-Rate-Limit-Count',
      method.countHeader(methodOrder, now),
    ]
  }

  /** Changes limits while requests go on; what has been counted stays counted. */
  setLimits(target: LimitTarget, spec: string): void {
    parseRatePairs('limits', spec)
    if (target.operation !== undefined) operationById(target.operation)
    this.#changes.push({ target, spec })
    for (const [id, scope] of this.#scopes) {
      const [keyId, route, operation] = id.split(' ')
      if (concerns(target, keyId!, route!, operation)) scope.setLimits(spec)
    }
  }

  /** The counters of a key on a host. */
  app(key: ApiKey, route: string): LimitScope {
    return this.#scope(`${key.id} ${route}`, () => this.#changed(key, route, undefined) ?? key.app)
  }

  /** The counters of an operation of a key on a host. */
  method(key: ApiKey, route: string, operation: string): LimitScope {
    return this.#scope(`${key.id} ${route} ${operation}`, () => {
      const { methods } = this.#options
      return (
        this.#changed(key, route, operation) ??
        key.methods[operation] ??
        key.methods['*'] ??
        methods[operation] ??
        methods['*'] ??
        operationById(operation).limits
      )
    })
  }

  /** All counters in use, by name: key, host and operation. */
  scopes(): ReadonlyMap<string, LimitScope> {
    return this.#scopes
  }

  clear(): void {
    this.#scopes.clear()
  }

  #service(route: string, service: string): LimitScope | undefined {
    const spec = this.#options.services[service]
    return spec === undefined ? undefined : this.#scope(`service ${route} ${service}`, () => spec)
  }

  #scope(id: string, spec: () => string): LimitScope {
    let scope = this.#scopes.get(id)
    if (scope === undefined) {
      scope = new LimitScope(spec(), this.#options.windowMode, this.#options.countRejects)
      this.#scopes.set(id, scope)
    }
    return scope
  }

  #changed(key: ApiKey, route: string, operation: string | undefined): string | undefined {
    return this.#changes.findLast(({ target }) => concerns(target, key.id, route, operation))?.spec
  }

  #order(scope: LimitScope): number[] {
    const order = scope.windows.map((_, i) => i)
    if (this.#options.headerOrder === 'reversed') return order.reverse()
    return this.#options.headerOrder === 'random' ? this.#random.sample(order, order.length) : order
  }
}

function concerns(target: LimitTarget, keyId: string, route: string, operation: string | undefined): boolean {
  return (
    target.key.id === keyId && (target.route === undefined || target.route === route) && target.operation === operation
  )
}
