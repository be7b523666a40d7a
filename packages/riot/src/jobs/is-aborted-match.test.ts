import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { isAbortedMatch } from './is-aborted-match.ts'

for (const [abortedPerMille, aborted] of [
  [1000, true],
  [0, false],
] as const) {
  test(`a match that was ${aborted ? '' : 'not '}called off before it began is an answer like any other`, async () => {
    const { simulator, run } = simClient({ platform: 'kr' }, { world: { abortedPerMille } })
    await run(async (riot) => {
      const [id] = (await riot.matchV5.getMatchIdsByPuuid(simulator.puuid('kr', 0, PRODUCTION_KEY))) as [string]
      const match = await riot.matchV5.getMatch(id)
      expect(isAbortedMatch(match)).toBe(aborted)
      expect(match.info.gameMode === '').toBe(aborted)
      expect(await riot.matchV5.getTimeline(id, { notFound: 'null' }).then((one) => one === null)).toBe(aborted)
    })
  })
}
