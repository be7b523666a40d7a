import { describe, expect, it } from 'vitest'

import { Latency, type LatencyName } from './latency.ts'

function totals(name: LatencyName, count = 4000): number[] {
  const latency = new Latency(name, 1)
  return Array.from({ length: count }, () => {
    const { uplink, service, downlink } = latency.draw('na1', 'match-v5.getMatch')
    return uplink + service + downlink
  }).sort((a, b) => a - b)
}

describe('Latency', () => {
  it.each([
    ['near', 60, 160],
    ['prod', 60, 160],
    ['far', 180, 580],
  ] as const)('%s takes %i to %i ms there and back', (name, low, high) => {
    const sorted = totals(name)
    expect(sorted[0]).toBeGreaterThanOrEqual(low)
    expect(sorted.at(-1)).toBeLessThanOrEqual(high)
    expect(sorted[2000]).toBeGreaterThan(low * 1.2)
    expect(sorted[2000]).toBeLessThan(high * 0.8)
  })

  it('awful takes 5 s once in a hundred, and overtakes', () => {
    const sorted = totals('awful', 20_000)
    expect(sorted[19_800]).toBeGreaterThan(3500)
    expect(sorted[19_800]).toBeLessThan(6500)
  })

  it('none takes no time', () => {
    expect(totals('none', 1)).toEqual([0])
  })

  it('draws the same again from the same seed, and differently for each operation', () => {
    const draw = (seed: number, operation: string): unknown => new Latency('prod', seed).draw('na1', operation)
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
  })

  it('refuses a profile that makes no sense', () => {
    expect(() => new Latency('fast' as never, 1)).toThrow('latency must be one of none, near, prod, far, awful')
    expect(() => new Latency({ uplink: [5, 1], service: [0, 0], downlink: [0, 0] }, 1)).toThrow('latency.uplink[1]')
    expect(() => new Latency({ uplink: [-1, 1], service: [0, 0], downlink: [0, 0] }, 1)).toThrow(RangeError)
  })
})
