/** The memory that the process takes, as the operating system counts it, in MB. */
export function megabytes(): number {
  return process.memoryUsage().rss / 1e6
}

/** Prints what was done, and how much more memory the process takes than after the first of it. */
export function report(matches: number, kills: number, atFirst: number): void {
  const count = matches.toLocaleString('en')
  console.log(`${count} matches, ${(kills / matches).toFixed(0)} kills in each`)
  console.log(`${atFirst.toFixed(0)} MB after the first 1,000, ${(megabytes() - atFirst).toFixed(0)} MB more after all`)
}
