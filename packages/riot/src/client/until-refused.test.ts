import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { AuthError } from '../errors.ts'

const CONCURRENCY = 5

test('many sends nothing more when the key has expired, and has an outcome for each', async () => {
  const { simulator, run } = simClient({ platform: 'kr', retry: 0 })
  const puuids = Array.from({ length: 500 }, (_, number) => simulator.puuid('kr', number, PRODUCTION_KEY))
  simulator.fault({ match: { from: 300 }, do: { kind: 'status', status: 403 } })
  await run(async (riot) => {
    const outcomes = await riot.summonerV4.getByPuuid.collect(puuids, { concurrency: CONCURRENCY })
    const good = outcomes.filter(({ status }) => status === 'ok').length
    expect(good).toBeGreaterThan(0)
    expect(outcomes).toHaveLength(500)
    for (const outcome of outcomes) if (outcome.status !== 'ok') expect(outcome).toMatchObject({ status: 'failed' })
    const last = outcomes.at(-1)!
    expect(last.status === 'failed' && last.error).toBeInstanceOf(AuthError)
    expect(simulator.stats().arrivals).toBeLessThan(good + 10 + CONCURRENCY)
  })
})

test('now and then a refusal is no end', async () => {
  const { simulator, run } = simClient({ platform: 'kr', retry: 0 })
  const puuids = Array.from({ length: 300 }, (_, number) => simulator.puuid('kr', number, PRODUCTION_KEY))
  simulator.fault({ match: { probability: 0.2 }, do: { kind: 'status', status: 403 } })
  await run(async (riot) => {
    const outcomes = await riot.summonerV4.getByPuuid.collect(puuids, { concurrency: CONCURRENCY })
    expect(outcomes.filter(({ status }) => status === 'ok').length).toBeGreaterThan(200)
    expect(simulator.stats().arrivals).toBe(300)
  })
})
