import * as core from '@sluice/core'
import * as sluice from './index.ts'
import { expect, test } from 'vitest'

test("import … from 'sluice' is the core, and what defines a job", () => {
  const { defineJob, ...rest } = sluice
  expect(rest).toEqual({ ...core })
  expect(Object.keys(sluice)).toContain('TaskGroup')
  const job = { items: [1], task: (n: number) => n }
  expect(defineJob(job)).toBe(job)
})
