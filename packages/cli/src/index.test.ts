import * as core from '@sluice/core'
import * as sluice from './index.ts'
import { expect, test } from 'vitest'

test("import … from 'sluice' is the core", () => {
  expect({ ...sluice }).toEqual({ ...core })
  expect(Object.keys(sluice)).toContain('TaskGroup')
})
