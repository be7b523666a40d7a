import { expect, test } from 'vitest'
import type { OutputStream } from '../surroundings.ts'
import { COLOURED, PLAIN, styleOf } from './style.ts'

const terminal = { isTTY: true } as OutputStream
const file = {} as OutputStream

test('colours are for terminals, unless somebody says otherwise', () => {
  expect(styleOf(terminal, {}, false)).toBe(COLOURED)
  expect(styleOf(file, {}, false)).toBe(PLAIN)
  expect(styleOf(terminal, {}, true)).toBe(PLAIN)
  expect(styleOf(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false)).toBe(PLAIN)
  expect(styleOf(terminal, { NO_COLOR: '' }, false)).toBe(COLOURED)
  expect(styleOf(file, { FORCE_COLOR: '1' }, false)).toBe(COLOURED)
  expect(styleOf(terminal, { FORCE_COLOR: '0' }, false)).toBe(PLAIN)
  expect(styleOf(terminal, { TERM: 'dumb' }, false)).toBe(PLAIN)
})
