import type { SessionResponse } from '@sluice/http'
import type { Operation } from '../tables/operation.ts'
import type { NeedsOptions, NotFound, OptionsOf } from './call-options.ts'
import type { ItemOutcome, Items, ManyOptions } from './item-outcome.ts'

type ValuesOf<Op extends Operation> = Parameters<Op>
type ResultOf<Op extends Operation> = Awaited<ReturnType<Op>>

/** Values in path order (of a write, the body after them), then one object of options. */
type Arguments<Op extends Operation, Options> =
  NeedsOptions<Op> extends true
    ? [...values: ValuesOf<Op>, options: Options]
    : [...values: ValuesOf<Op>, options?: Options]

/** One input of many: the value that the method takes, or all its values if there are several. */
type InputOf<Op extends Operation> = ValuesOf<Op> extends readonly [infer Only] ? Only : ValuesOf<Op>

type BulkArguments<Op extends Operation, Options> =
  NeedsOptions<Op> extends true
    ? [inputs: Items<InputOf<Op>>, options: Options]
    : [inputs: Items<InputOf<Op>>, options?: Options]

/** A method for many inputs. */
interface BulkMethod<Op extends Operation> {
  /**
   * Asks for each of the inputs, which may be an async iterable, and yields an outcome for each: `ok`, `notFound` or `failed`, with its index and its input.
   * A failure stops nothing. At most `concurrency` (default 100) are asked for and `buffer` (default as many) wait for you, however long the input;
   * leaving the loop aborts what runs. Match ids of several regions in an array or a set have so many for each region, and no region waits for another one. Options are those of the method, and `order`: `'completed'` (default) or `'input'`.
   *
   * @throws from the loop: the reason of an abort from outside; what the input throws.
   */
  many<Given extends string = never>(
    ...args: BulkArguments<Op, OptionsOf<Op, Given> & ManyOptions>
  ): AsyncIterableIterator<ItemOutcome<InputOf<Op>, ResultOf<Op>>, void>
  /** The same as an array, in the order of the inputs unless `order` says otherwise. It holds everything in memory: a match is 90 kB, a timeline 240 kB. */
  collect<Given extends string = never>(
    ...args: BulkArguments<Op, OptionsOf<Op, Given> & ManyOptions>
  ): Promise<ItemOutcome<InputOf<Op>, ResultOf<Op>>[]>
}

interface SingleMethod<Op extends Operation, Default extends NotFound> {
  <Given extends string = never, None extends NotFound = Default>(
    ...args: Arguments<Op, OptionsOf<Op, Given> & { notFound?: None | undefined }>
  ): Promise<ResultOf<Op> | (None extends 'null' ? null : never)>
  /** The same request, but resolves to the response as it is, whatever its status: for bodies that are passed on unparsed. */
  response<Given extends string = never>(...args: Arguments<Op, OptionsOf<Op, Given>>): Promise<SessionResponse>
  readonly endpoint: Op['endpoint']
  /** Such as `match-v5.getMatch`. */
  readonly operation: string
}

/** A method of the client for one of Riot's operations. */
export type RiotMethod<Op extends Operation, Default extends NotFound> = SingleMethod<Op, Default> &
  (ValuesOf<Op> extends readonly [] ? {} : BulkMethod<Op>)
