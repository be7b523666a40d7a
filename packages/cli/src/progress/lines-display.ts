import type { OutputStream } from '../surroundings.ts'
import type { ProgressDisplay } from './progress-display.ts'

/** A line from time to time, for logs. */
export class LinesDisplay implements ProgressDisplay {
  readonly #stream: OutputStream
  readonly #timer: ReturnType<typeof setInterval>

  /** @param line says where the run stands; asked every `ms`. */
  constructor(stream: OutputStream, line: () => string, ms: number) {
    this.#stream = stream
    this.#timer = setInterval(() => this.say(line()), ms)
    // What runs keeps the process, not what tells of it.
    this.#timer.unref()
  }

  say(line: string): void {
    this.#stream.write(`${line}\n`)
  }

  clear(): void {}

  stop(): void {
    clearInterval(this.#timer)
  }
}
