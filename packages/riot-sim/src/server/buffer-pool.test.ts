import { describe, expect, it } from 'vitest'

import { BufferPool } from './buffer-pool.ts'

describe('BufferPool', () => {
  it('hands each buffer to one at a time, and again when it was given back', () => {
    const pool = new BufferPool()
    const first = pool.take(70_000)
    expect(first.length).toBeGreaterThanOrEqual(70_000)
    const second = pool.take(70_000)
    expect(second === first).toBe(false)
    pool.give(first)
    expect(pool.take(100_000) === first).toBe(true)
    expect(pool.take(100_000) === first).toBe(false)
  })

  it('gives what is large enough, and keeps neither the largest nor too many', () => {
    const pool = new BufferPool()
    pool.give(pool.take(70_000))
    expect(pool.take(200_000).length).toBeGreaterThanOrEqual(200_000)
    const huge = pool.take(5_000_000)
    pool.give(huge)
    expect(pool.take(5_000_000) === huge).toBe(false)
    const taken = Array.from({ length: 200 }, () => pool.take(70_000))
    for (const buffer of taken) pool.give(buffer)
    const again = new Set(Array.from({ length: 200 }, () => pool.take(70_000)))
    expect(taken.filter((buffer) => again.has(buffer)).length).toBeLessThan(100)
  })
})
