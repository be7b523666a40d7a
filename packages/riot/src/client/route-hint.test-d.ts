import { expectTypeOf, test } from 'vitest'
import type { Platform } from '../routing.ts'
import type { RouteHint } from './route-hint.ts'

test('the compiler says what to use', () => {
  expectTypeOf<RouteHint<'region', 'asia'>>().toEqualTypeOf<'asia'>()
  expectTypeOf<RouteHint<'region', 'na1'>>().toEqualTypeOf<'use americas: na1 is a platform'>()
  expectTypeOf<RouteHint<'region', 'oc1'>>().toEqualTypeOf<'use sea: oc1 is a platform'>()
  expectTypeOf<RouteHint<'region', 'EUW1'>>().toEqualTypeOf<'use europe: euw1 is a platform'>()
  expectTypeOf<RouteHint<'region', 'ASIA'>>().toEqualTypeOf<'use asia: names of routes are written in lower case'>()
  expectTypeOf<RouteHint<'accountRegion', 'oc1'>>().toEqualTypeOf<'use asia: oc1 is a platform'>()
  expectTypeOf<RouteHint<'accountRegion', 'sea'>>().toEqualTypeOf<'use asia: sea does not serve this operation'>()
  expectTypeOf<RouteHint<'americas', 'euw1'>>().toEqualTypeOf<'use americas: euw1 is a platform'>()
  expectTypeOf<RouteHint<'lorRegion', 'kr'>>().toEqualTypeOf<'use sea: kr is a platform'>()
  expectTypeOf<RouteHint<'platform', 'europe'>>().toEqualTypeOf<'use a platform, such as euw1: europe is a region'>()
  expectTypeOf<RouteHint<'platform', Platform>>().toEqualTypeOf<Platform>()
  expectTypeOf<RouteHint<'platform', 'th2'>>().toEqualTypeOf<'use sg2: th2 is a part of sg2 now'>()
  expectTypeOf<RouteHint<'shard', 'la1'>>().toEqualTypeOf<'use latam: la1 is a platform'>()
  expectTypeOf<RouteHint<'region', 'middle-earth'>>().toEqualTypeOf<never>()
})
