import { resolve } from 'node:path'
import type { FetchFlags } from '../commands/fetch-command.ts'
import { UsageError } from '../errors.ts'
import type { Item } from '../input/entry.ts'
import type { ItemsInput } from '../input/read-items.ts'
import { StreamSink, type LineSink } from '../output/line-sink.ts'
import { openOutput, outputProblem } from '../output/open-output.ts'
import { OrderedLines } from '../output/ordered-lines.ts'
import { recordLine, type Outcome } from '../output/record.ts'
import type { Secrets } from '../secrets.ts'
import type { OutputStream } from '../surroundings.ts'

/** `--ordered` holds back the lines of so many items for each slot at most. */
const AHEAD = 4

/** What outputs are made of. */
export interface OutputParts {
  readonly flags: Pick<FetchFlags, 'output' | 'fresh' | 'failed' | 'ordered' | 'bodyOnly'>
  readonly input: ItemsInput
  readonly concurrency: number
  readonly secrets: Secrets
  readonly stdout: OutputStream
  /** An output cannot be written any more. */
  readonly onError: (error: Error) => void
  /** Called right before standard output is written to. */
  readonly beforeWrite: () => void
}

/** Where the lines of a run go: those of every item, and those of the failed ones. */
export class FetchOutputs {
  /** Of every item. */
  readonly sink: LineSink
  readonly ordered: OrderedLines | undefined
  readonly #failed: LineSink | undefined
  readonly #secrets: Secrets
  readonly #bodyOnly: boolean

  private constructor(sink: LineSink, failed: LineSink | undefined, { flags, concurrency, secrets }: OutputParts) {
    this.sink = sink
    this.ordered = flags.ordered ? new OrderedLines(sink, concurrency * AHEAD) : undefined
    this.#failed = failed
    this.#secrets = secrets
    this.#bodyOnly = flags.bodyOnly === true
  }

  /** @throws UsageError when a file must not or cannot be written. */
  static async open(parts: OutputParts): Promise<FetchOutputs> {
    const { flags, input, stdout, onError, beforeWrite } = parts
    checkDistinct(flags.output, flags.failed, 'path' in input.from ? input.from.path : undefined)
    const file = async (path: string, mode?: number): Promise<LineSink> => {
      const { stream, done } = await openOutput(path, { fresh: flags.fresh === true, ...(mode && { mode }) })
      return new StreamSink(stream, {
        done,
        onError: (error) => onError(new Error(outputProblem(path, error), { cause: error })),
      })
    }
    const sink =
      flags.output === undefined ? new StreamSink(stdout, { beforeWrite, onError }) : await file(flags.output)
    // Items may carry what nobody else should read.
    const failed = flags.failed === undefined ? undefined : await file(flags.failed, 0o600)
    return new FetchOutputs(sink, failed, parts)
  }

  /** Writes the line of an item that has ended. */
  readonly write = (outcome: Outcome, item: Item): void => {
    const { index, data } = outcome
    if (data === undefined) this.#failed?.write(JSON.stringify(item.source))
    // The data has been masked already, and is most of the line.
    const line = this.#bodyOnly ? data : recordLine(outcome, (text) => this.#secrets.mask(text))
    if (this.ordered !== undefined) this.ordered.write(index, line)
    else if (line !== undefined) this.sink.write(line)
  }

  async close(): Promise<void> {
    this.ordered?.flush()
    await this.sink.close()
    await this.#failed?.close()
  }
}

function checkDistinct(output: string | undefined, failed: string | undefined, input: string | undefined): void {
  const place = (path: string | undefined): string | undefined =>
    path === undefined || path === '-' ? undefined : resolve(path)
  if (output !== undefined && place(output) === place(failed)) {
    throw new UsageError(`-o and --failed name the same file: ${output}`)
  }
  for (const path of [output, failed]) {
    if (path !== undefined && place(path) === place(input)) {
      throw new UsageError(`${path} is the input, and would be overwritten while it is read: name another file`)
    }
  }
}
