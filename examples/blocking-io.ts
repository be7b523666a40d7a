// What to-thread.ts runs in a thread: a module of its own, since a function cannot cross to another thread.

/** Stops its thread, as a synchronous read of a slow disk does; Python's `time.sleep`. */
export function sleep(ms: number): string {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  return `slept for ${ms} ms`
}

/** Keeps its thread busy. */
export function countPrimes(below: number): number {
  const composite = new Uint8Array(below)
  let count = 0
  for (let n = 2; n < below; n++) {
    if (composite[n]) continue
    count++
    for (let multiple = n * n; multiple < below; multiple += n) composite[multiple] = 1
  }
  return count
}
