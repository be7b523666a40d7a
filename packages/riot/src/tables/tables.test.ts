import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient, type SessionResponse } from '@sluice/http'
import { OPERATIONS } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { ROUTE_KINDS, type RouteKind } from '../route-kinds.ts'
import * as tables from './index.ts'
import type { OperationFacts } from './operation.ts'

interface Line {
  readonly endpoint: { readonly method: string; readonly path: string; readonly route: RouteKind }
  readonly facts: OperationFacts
}

const lines = Object.values(tables)
  .flatMap((table) => Object.values<object>(table))
  .flatMap((service) => Object.values(service) as Line[])

const plainPath = (path: string): string => path.replace(/\{encryptedPUUID\}/gi, '{puuid}')

test('all 82 operations are there, each path once for each verb, with names as the methods show them', () => {
  expect(lines.length).toBe(82)
  const places = lines.map(({ endpoint: { method, path } }) => `${method} ${path}`)
  expect(new Set(places)).toEqual(new Set(OPERATIONS.map(({ verb, path }) => `${verb} ${plainPath(path)}`)))
  for (const place of places) expect(place).not.toMatch(/encrypted|PUUID/)
})

test('each has the hosts, the query and the sign-in that the simulator, made by somebody else, gives it', () => {
  for (const { endpoint, facts } of lines) {
    const operation = OPERATIONS.find(
      ({ verb, path }) => verb === endpoint.method && plainPath(path) === endpoint.path,
    )!
    expect(new Set(ROUTE_KINDS[endpoint.route].names), operation.id).toEqual(new Set(operation.routes))
    const wanted = operation.queryParameters.map(({ name, required }) => [name, required])
    expect(
      new Map(Object.entries(facts.query ?? {}).map(([name, rule]) => [name, rule.required])),
      operation.id,
    ).toEqual(new Map(wanted as [string, boolean][]))
    expect(facts.rso ?? false, operation.id).toBe(operation.rso)
  }
})

test('each says what it is for, so that an editor shows it', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const files = ['lol', 'lor', 'riftbound', 'riot', 'tft', 'val'].map((name) =>
    readFileSync(`${folder}${name}.ts`, 'utf8'),
  )
  const described = files.flatMap((text) => [...text.matchAll(/\/\*\* [A-Z].+\. \*\/\n {4}\w+: (?:get|post|put)\(/g)])
  expect(described).toHaveLength(82)
})

test('a table is one for createClient, too', async () => {
  const asked: string[] = []
  const session = {
    request: async (method: string, url: string): Promise<SessionResponse> => {
      asked.push(`${method} ${url}`)
      return { status: 204, request: { method }, dump: async () => undefined } as unknown as SessionResponse
    },
  }
  const client = createClient(session, tables.accounts, {
    routes: { accountRegion: 'https://asia.example.com', accountOrEsports: 'https://asia.example.com' },
  })
  await client.accountV1.getByRiotId('Hide on bush', 'KR/1')
  expect(asked).toEqual(['GET https://asia.example.com/riot/account/v1/accounts/by-riot-id/Hide%20on%20bush/KR%2F1'])
})
