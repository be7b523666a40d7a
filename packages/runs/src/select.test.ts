import { expect, test } from 'vitest'
import { parseSelection } from './select.ts'

const data = {
  id: 1,
  info: {
    mode: 'ARAM',
    teams: [
      { win: true, bans: [1, 2] },
      { win: false, bans: [] },
    ],
  },
  more: null,
}

test('parts are kept in their places, through arrays', () => {
  expect(parseSelection('data.id')(data)).toEqual({ id: 1 })
  expect(parseSelection('id,data.info.mode,none')(data)).toEqual({ id: 1, info: { mode: 'ARAM' } })
  expect(parseSelection('info.teams.win')(data)).toEqual({ info: { teams: [{ win: true }, { win: false }] } })
  expect(parseSelection('info.teams.win,info')(data)).toEqual({ info: data.info })
  expect(parseSelection('info,info.teams.win')(data)).toEqual({ info: data.info })
})

test('what is not there, or no object, stays as it is', () => {
  expect(parseSelection('more.deep,id.deep')(data)).toEqual({ more: null, id: 1 })
  expect(parseSelection('constructor')(data)).toEqual({})
  expect(parseSelection('id')([{ id: 1, x: 2 }, 3])).toEqual([{ id: 1 }, 3])
})

test('an empty path is refused', () => {
  for (const text of ['', 'a,,b', 'data.', 'a..b']) expect(() => parseSelection(text)).toThrow(/write paths such as/)
})
