import { IMMUTABLE } from '@sluice/core'
import { deepFreeze } from './immutable.ts'

/** Where a value or model keeps what its bridges need. It is hidden: neither listed nor printed nor sent. */
export const CONTEXT = Symbol('sluice.riot.context')

/** What bridges see of the value that they start from. */
export interface Bridged<Context> {
  readonly [CONTEXT]: Context
}

/** The getters and methods by which one leads to another. */
export type Bridges = object

/**
 * A prototype with the given bridges, which `console.log` calls `name`. Bridges are not own properties: a value looks, prints and serialises as what Riot sent, and what Riot may send
 * some day under the name of a bridge wins.
 */
export function prototypeOf(name: string, ...sets: readonly Bridges[]): object {
  // `console.log` takes the name of a constructor; nobody calls it.
  const constructor = Object.defineProperty(function () {}, 'name', { value: name })
  const prototype = constructor.prototype as object
  Object.defineProperty(prototype, IMMUTABLE, { value: true })
  for (const set of sets) Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(set))
  return prototype
}

/** Gives fresh JSON its bridges, and freezes it with all that is in it. */
export function bridged(value: object, prototype: object, context: unknown): object {
  for (const part of Object.values(value)) deepFreeze(part)
  Object.setPrototypeOf(value, prototype)
  Object.defineProperty(value, CONTEXT, { value: context })
  return Object.freeze(value)
}
