/** Lets one waiter sleep until something has changed. */
export class Wakeup {
  #resolve: (() => void) | undefined

  /** Resolves at the next `wake`. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  wake(): void {
    const resolve = this.#resolve
    this.#resolve = undefined
    resolve?.()
  }
}
