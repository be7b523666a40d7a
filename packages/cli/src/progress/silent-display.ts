import type { OutputStream } from '../surroundings.ts'
import type { ProgressDisplay } from './progress-display.ts'

/** No progress at all, only what is said. */
export class SilentDisplay implements ProgressDisplay {
  readonly #stream: OutputStream

  constructor(stream: OutputStream) {
    this.#stream = stream
  }

  say(line: string): void {
    this.#stream.write(`${line}\n`)
  }

  clear(): void {}

  stop(): void {}
}
