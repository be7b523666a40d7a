import { createLogUpdate } from 'log-update'
import type { OutputStream } from '../surroundings.ts'
import type { ProgressDisplay } from './progress-display.ts'

/** At most ten pictures a second. */
const FRAME_MS = 100

/** A live picture at the bottom of a terminal, under what is said. The cursor is hidden meanwhile, and comes back however the process ends. */
export class BarDisplay implements ProgressDisplay {
  readonly #stream: OutputStream
  readonly #frame: (columns: number) => readonly string[]
  readonly #update: ReturnType<typeof createLogUpdate>
  readonly #timer: ReturnType<typeof setInterval>

  /** @param frame draws the picture, line by line, for so many columns. */
  constructor(stream: OutputStream, frame: (columns: number) => readonly string[]) {
    this.#stream = stream
    this.#frame = frame
    this.#update = createLogUpdate(stream as NodeJS.WriteStream)
    this.#timer = setInterval(() => this.#draw(), FRAME_MS)
    this.#timer.unref()
    this.#draw()
  }

  say(line: string): void {
    this.clear()
    this.#stream.write(`${line}\n`)
  }

  clear(): void {
    this.#update.clear()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.clear()
    this.#update.done()
  }

  #draw(): void {
    // A line as wide as the terminal would wrap in some of them.
    this.#update(this.#frame((this.#stream.columns ?? 80) - 1).join('\n'))
  }
}
