import { checkNumber, checkWhole, checkWord, show } from '../check.ts'
import { operationById } from '../data/operations.ts'
import { ROUTES } from '../data/routes.ts'
import { Random } from '../world/random.ts'
import type { FaultAction, FaultRule } from './fault.ts'

const KINDS: readonly FaultAction['kind'][] = [
  'status',
  'rate-limit',
  'refuse',
  'reset',
  'truncate',
  'corrupt',
  'missing-field',
  'drip',
  'delay',
  'hang',
]

interface Entry {
  readonly rule: FaultRule
  readonly random: Random
  seen: number
}

/** The rules of what goes wrong. The first that strikes a request decides. */
export class FaultBook {
  readonly #seed: number
  #entries: Entry[] = []
  #added = 0

  constructor(seed: number, rules: readonly FaultRule[]) {
    this.#seed = seed
    for (const rule of rules) this.add(rule)
  }

  /** Adds a rule, and returns a function that takes it away again. */
  add(rule: FaultRule): () => void {
    check(rule)
    const entry = { rule, random: new Random(this.#seed, this.#added++, 307), seen: 0 }
    this.#entries.push(entry)
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry)
    }
  }

  /** What happens to a request, or undefined. */
  strike(route: string, operation: string, now: number): FaultAction | undefined {
    let struck: FaultAction | undefined
    for (const entry of this.#entries) {
      const { match = {}, do: action } = entry.rule
      if (match.route !== undefined && match.route !== route) continue
      if (match.operation !== undefined && match.operation !== operation) continue
      if (now < (match.from ?? -Infinity) || now >= (match.to ?? Infinity)) continue
      entry.seen++
      if (match.nth !== undefined && match.nth !== entry.seen) continue
      if (match.probability !== undefined && !entry.random.chance(match.probability)) continue
      struck ??= action
    }
    return struck
  }

  clear(): void {
    this.#entries = []
  }
}

function check(rule: FaultRule): void {
  if (typeof rule?.do !== 'object')
    throw new TypeError(`faults must be rules such as { do: { kind: 'hang' } }, not ${show(rule)}`)
  const { match = {}, do: action } = rule
  checkWord('do.kind', action.kind, KINDS)
  if (match.route !== undefined && !ROUTES.has(match.route)) {
    throw new RangeError(`match.route must be a host such as na1 or americas, not ${show(match.route)}`)
  }
  if (match.operation !== undefined) operationById(match.operation)
  if (match.nth !== undefined) checkWhole('match.nth', match.nth, 1, Number.MAX_SAFE_INTEGER)
  if (match.probability !== undefined) checkNumber('match.probability', match.probability, 0, 1)
  if (action.kind === 'status') checkWhole('do.status', action.status, 200, 599)
  if (action.kind === 'rate-limit')
    checkWord('do.type', action.type, ['application', 'method', 'service', 'server', 'none'])
  if (action.kind === 'truncate') checkWhole('do.bytes', action.bytes, 0, Number.MAX_SAFE_INTEGER)
  if (action.kind === 'drip') checkNumber('do.bytesPerSecond', action.bytesPerSecond, 1, 1e12)
  if (action.kind === 'delay') checkNumber('do.ms', action.ms, 0, 3_600_000)
}
