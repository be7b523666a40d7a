import { storeBeside } from '@sluice/runs'
import type { FetchFlags } from '../commands/fetch-command.ts'
import { StreamSink, type LineSink } from '../output/line-sink.ts'
import { openOutput, outputProblem } from '../output/open-output.ts'
import { checkDistinct } from './check-files.ts'
import { checkFailedList, writeFailedList } from './failed-list.ts'
import { itemOf, type FetchItem } from './fetch-item.ts'
import { isResumable } from './is-resumable.ts'

/** What `--failed` writes: from the store at the end of a run that has one, so that it names what has failed in all its calls; else as it comes. */
export class FailedItems {
  readonly #path: string
  readonly #sink: LineSink | undefined

  private constructor(path: string, sink: LineSink | undefined) {
    this.#path = path
    this.#sink = sink
  }

  /** @throws UsageError when a file must not or cannot be written. */
  static async open(
    { output, failed, fresh = false }: Pick<FetchFlags, 'output' | 'failed' | 'fresh'>,
    input: string | undefined,
    onError: (error: Error) => void,
  ): Promise<FailedItems | undefined> {
    checkDistinct(output, failed, input)
    if (failed === undefined) return undefined
    if (isResumable(output)) {
      checkFailedList(failed, storeBeside(output), fresh)
      return new FailedItems(failed, undefined)
    }
    // Items may carry what nobody else should read.
    const { stream, done } = await openOutput(failed, { fresh, mode: 0o600 })
    const sink = new StreamSink(stream, {
      done,
      onError: (error) => onError(new Error(outputProblem(failed, error), { cause: error })),
    })
    return new FailedItems(failed, sink)
  }

  add(item: FetchItem): void {
    this.#sink?.write(JSON.stringify(itemOf(item, false).source))
  }

  /** Writes what is left to write. @throws UsageError when that cannot be done. */
  async end(store: string | undefined): Promise<void> {
    await this.#sink?.close()
    if (this.#sink === undefined && store !== undefined) await writeFailedList(this.#path, store)
  }
}
