// What the crash tests do, as plain functions of a seed: what becomes of an item depends on nothing but its key and the number of the attempt.

/** Items of the input. */
export function inputOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `item-${i}`)
}

/** A number from 0 to 99 for a key. */
function draw(seed: number, key: string): number {
  let hash = 2_166_136_261 ^ seed
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16_777_619)
  hash ^= hash >>> 15
  return (hash >>> 0) % 100
}

/** How an item ends: one in ten fails for good, one in ten at its first attempt. */
export function behaviour(seed: number, key: string): 'ok' | 'fails' | 'flaky' {
  const n = draw(seed, key)
  return n < 10 ? 'fails' : n < 20 ? 'flaky' : 'ok'
}

/** What an item adds: one in five has two children, and these overlap. */
export function childrenOf(seed: number, key: string): string[] {
  const n = draw(seed + 1, key)
  if (n >= 20 || behaviour(seed, key) === 'fails' || key.split('/').length > 3) return []
  return [`${key}/a`, `shared-${n}`]
}

/** What a run must end with: `key` → `ok 1`, `ok 2` or `failed 2`, with the number of attempts. */
export function expectedOf(seed: number, count: number): Map<string, string> {
  const expected = new Map<string, string>()
  const open = inputOf(count)
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (expected.has(key)) continue
    const how = behaviour(seed, key)
    expected.set(key, how === 'ok' ? 'ok 1' : how === 'flaky' ? 'ok 2' : 'failed 2')
    open.push(...childrenOf(seed, key))
  }
  return expected
}
