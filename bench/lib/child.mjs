import { execFile } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Puts this process and its children before others, where that is allowed: a loaded machine then disturbs less. */
export function hurry() {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Only the administrator may. The figures are noisier without it, and not wrong.
  }
}

/** Runs a module in a Node of its own, and answers what it printed as JSON, with its whole run time in ms. */
export async function child(file, args = [], flags = []) {
  const start = performance.now()
  const { stdout } = await execute(process.execPath, [...flags, file, ...args.map(String)], { maxBuffer: 1 << 26 })
  const ms = performance.now() - start
  return { ...(stdout.trim() === '' ? {} : JSON.parse(stdout)), ms }
}

/**
 * Runs every contestant once per round, in an order that moves on from round to round, so that what disturbs the machine
 * disturbs all alike. Answers for each its results, one per round.
 */
export async function interleave(contestants, rounds, measure, tell = () => {}) {
  const results = new Map(contestants.map((contestant) => [contestant, []]))
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contestants.length; i++) {
      const contestant = contestants[(i + round) % contestants.length]
      tell(contestant, round)
      results.get(contestant).push(await measure(contestant))
    }
  }
  return results
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of the quotients of each round: what was slow in a round was so for both. */
export const ratio = (mine, base) => median(mine.map((value, round) => value / base[round]))
