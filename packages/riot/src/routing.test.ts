import { expect, test } from 'vitest'
import {
  PLATFORMS,
  isPlatform,
  parsePlatform,
  platformOfMatchId,
  platformToAccountRegion,
  platformToRegion,
  regionOfMatchId,
} from './routing.ts'

test('each platform belongs to a region, and accounts of sea are asked for in asia', () => {
  expect(grouped()).toEqual({
    americas: ['br1', 'la1', 'la2', 'na1', 'pbe1'],
    asia: ['jp1', 'kr'],
    europe: ['eun1', 'euw1', 'me1', 'ru', 'tr1'],
    sea: ['oc1', 'sg2', 'tw2', 'vn2'],
  })
  expect(PLATFORMS.filter((platform) => platformToAccountRegion(platform) !== platformToRegion(platform))).toEqual([
    'oc1',
    'sg2',
    'tw2',
    'vn2',
  ])
  expect(platformToAccountRegion('oc1')).toBe('asia')
})

function grouped(): Record<string, string[]> {
  const groups: Record<string, string[]> = {}
  for (const platform of PLATFORMS) (groups[platformToRegion(platform)] ??= []).push(platform)
  return groups
}

test('a platform may be written as players write it', () => {
  const written = ['EUW', 'euw1', 'NA', 'Kr', 'eune', 'OCE', 'LAN', 'LAS', 'MENA', 'PH2', 'th']
  expect(written.map(parsePlatform)).toEqual([
    'euw1',
    'euw1',
    'na1',
    'kr',
    'eun1',
    'oc1',
    'la1',
    'la2',
    'me1',
    'sg2',
    'sg2',
  ])
})

test.each([
  ['americas', /"americas" is no platform; americas is a region/],
  ['', /"" is no platform/],
  ['__proto__', /is no platform/],
  ['constructor', /is no platform/],
  [undefined, /is no platform/],
])('%o is refused with the platforms that there are', (text, message) => {
  expect(() => parsePlatform(text as string)).toThrow(message)
  expect(() => parsePlatform(text as string)).toThrow(TypeError)
  expect(() => parsePlatform(text as string)).toThrow(/br1, eun1, euw1/)
})

test('a match id tells its platform and region, also of a platform that was merged away', () => {
  expect(platformOfMatchId('EUW1_6569580003')).toBe('euw1')
  expect(platformOfMatchId('kr_1')).toBe('kr')
  expect(platformOfMatchId('PH2_7')).toBe('sg2')
  expect(['NA1_1', 'JP1_1', 'TR1_1', 'VN2_1', 'TH2_1'].map(regionOfMatchId)).toEqual([
    'americas',
    'asia',
    'europe',
    'sea',
    'sea',
  ])
})

test.each(['', 'EUW1', 'EUW1_', '_1', 'EUW1_12a', 'EUW_1', 'XX1_5', 'EUW1_1/../2'])('%o is no match id', (id) => {
  expect(() => platformOfMatchId(id)).toThrow(/is no match id: one looks like EUW1_1234567890/)
})

test('isPlatform knows names, not aliases', () => {
  expect([isPlatform('euw1'), isPlatform('EUW1'), isPlatform('euw'), isPlatform(1)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
