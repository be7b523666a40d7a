const SMALLEST = 65_536
const LARGEST = 2_097_152
const KEPT_PER_SIZE = 64

/**
 * Memory for bodies that are on their way to a socket, used again when they have left: making and forgetting 70 kB for each response
 * costs more than writing them.
 */
export class BufferPool {
  readonly #free = new Map<number, Buffer[]>()

  /** A buffer of at least this length. */
  take(length: number): Buffer {
    if (length > LARGEST) return Buffer.allocUnsafe(length)
    let size = SMALLEST
    while (size < length) size *= 2
    return this.#free.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size)
  }

  /** Gives back what was taken; nobody may read it any more. */
  give(buffer: Buffer): void {
    const { length } = buffer
    if (length < SMALLEST || length > LARGEST) return
    const free = this.#free.get(length)
    if (free === undefined) this.#free.set(length, [buffer])
    else if (free.length < KEPT_PER_SIZE) free.push(buffer)
  }
}
