import { show } from '@sluice/core/internal'
import type { NotFound, RiotCallOptions } from '../client/call-options.ts'
import { bridged, prototypeOf, type Bridges } from './bridge.ts'

/** Options of {@link Model.get}: those of every call. */
export type ModelOptions = Omit<RiotCallOptions, 'headers'>

/**
 * Something that can be asked for, and has not been yet. `get()` asks, each time that it is called, and resolves to a value that never changes: neither the model nor an older value
 * is filled or altered by it. What else a model has leads to other models, and asks for nothing.
 */
export interface Model<Value, Query extends object = {}> {
  /**
   * Asks for the value.
   *
   * @throws NotFoundError when there is none, unless `notFound` is `'null'`: then the value is `null`. And what methods of `RiotClient` throw.
   */
  get(options: ModelOptions & Query & { notFound: 'null' }): Promise<Value | null>
  get(options?: ModelOptions & Query & { notFound?: 'throw' | undefined }): Promise<Value>
}

/** What a model asks with: the caller's options, and whether to throw. */
export type FetchOptions<Query extends object = {}> = ModelOptions & Query & { readonly notFound: NotFound }

/** How a model comes to its value; `null` if there is none. */
type Fetch<Value, Query extends object> = (options: FetchOptions<Query>) => Promise<Value | null>

/** Any of them. */
type AnyFetch = (options: never) => Promise<unknown>

const FETCH = Symbol('sluice.riot.fetch')

const asking = {
  async get(this: { readonly [FETCH]: AnyFetch }, options: { notFound?: NotFound } = {}): Promise<unknown> {
    if (typeof options !== 'object' || options === null)
      throw new TypeError(`options of get must be an object, not ${show(options)}`)
    // Not the client's default: the type says that there is a value.
    return this[FETCH]({ ...options, notFound: options.notFound ?? 'throw' } as never)
  },
}

/** Makes models of one kind: each with what it is known by, what its bridges need, and its way to the value. */
export type ModelMaker<
  Id extends object,
  Value,
  Query extends object = {},
  Made = Model<Value, Query> & Readonly<Id>,
> = (id: Id, context: unknown, fetch: Fetch<Value, Query>) => Made

/** A kind of models, which `console.log` calls `name`: a {@link ModelMaker}. What it is made for knows its types. */
export function modelKind(
  name: string,
  ...bridges: readonly Bridges[]
): (id: object, context: unknown, fetch: AnyFetch) => never {
  const prototype = prototypeOf(name, asking, ...bridges)
  return (id, context, fetch) => {
    // What is not known is not shown.
    const model = Object.fromEntries(Object.entries(id).filter(([, value]) => value !== undefined))
    Object.defineProperty(model, FETCH, { value: fetch })
    return bridged(model, prototype, context) as never
  }
}
