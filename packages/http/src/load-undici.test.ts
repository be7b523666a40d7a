import { expect, test } from 'vitest'
import * as undici from 'undici'
import { loadUndici } from './load-undici.ts'

test('the parts come from where they lie in undici, and are those of its entry', async () => {
  const parts = await loadUndici()
  expect(parts).toEqual({ Client: undici.Client, buildConnector: undici.buildConnector })
  // The entry itself, which is the way out when they lie elsewhere, has much more.
  expect(Object.keys(parts)).toEqual(['Client', 'buildConnector'])
})
