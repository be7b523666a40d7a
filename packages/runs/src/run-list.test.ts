import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeSink } from '../test/folder.ts'
import { forgetRun, listRuns, rememberRun, run, stateFolder } from './index.ts'

test('runs that were remembered are found until they are forgotten, the newest first', async () => {
  const state = makeFolder()
  expect(listRuns(state)).toEqual([])
  const ids: string[] = []
  const sinks = [makeSink(), makeSink()]
  for (const sink of sinks) {
    const { id, store } = await run({ items: [1, 2], sink, task: async (n: number) => n })
    rememberRun(id, store!, state)
    ids.push(id)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(listRuns(state).map(({ id, report }) => [id, report?.ok])).toEqual([
    [ids[1], 2],
    [ids[0], 2],
  ])
  // What is no note of ours does not matter, and a run that is gone is told as such.
  writeFileSync(join(state, 'runs', 'x.json'), 'not json')
  rmSync(`${sinks[0]}.sluice`, { recursive: true })
  expect(listRuns(state).map(({ id, report }) => [id, report?.ok])).toEqual([
    [ids[1], 2],
    [ids[0], undefined],
  ])
  forgetRun(ids[0]!, state)
  expect(listRuns(state)).toHaveLength(1)
})

test('where they are remembered can be said', () => {
  expect(stateFolder({ SLUICE_STATE_DIR: 'own', XDG_STATE_HOME: 'xdg' })).toBe('own')
  expect(stateFolder({ XDG_STATE_HOME: 'xdg' })).toBe(join('xdg', 'sluice'))
  expect(stateFolder({})).toMatch(/sluice$/)
})
