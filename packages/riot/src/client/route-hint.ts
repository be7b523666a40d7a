import type { RouteKind, RouteOf, RouteOptionOf } from '../route-kinds.ts'
import type { Platform, Region, RegionOf, ShardOf } from '../routing.ts'

/** A platform to name as an example of its region. */
interface Examples {
  americas: 'na1'
  asia: 'kr'
  europe: 'euw1'
  sea: 'sg2'
}

/** Where a kind of route has what is in this region elsewhere. */
type InsteadOf<Kind extends RouteKind, Name extends Region> =
  Name extends RouteOf<Kind> ? Name : Kind extends 'americas' ? 'americas' : Name extends 'sea' ? 'asia' : 'sea'

/** What to write in place of a platform. */
type HomeOf<Kind extends RouteKind, Name extends Platform> =
  RouteOptionOf<Kind> extends 'shard' ? ShardOf<Name> : InsteadOf<Kind, RegionOf<Name>>

/** What to write in place of a name, which is in lower case here. */
type Advice<Kind extends RouteKind, Name extends string> =
  Name extends RouteOf<Kind>
    ? `use ${Name}: names of routes are written in lower case`
    : Name extends 'ph2' | 'th2'
      ? `use ${RouteOptionOf<Kind> extends 'platform' ? 'sg2' : HomeOf<Kind, 'sg2'>}: ${Name} is a part of sg2 now`
      : Name extends Platform
        ? RouteOptionOf<Kind> extends 'platform'
          ? `${Name} does not serve this operation`
          : `use ${HomeOf<Kind, Name>}: ${Name} is a platform`
        : Name extends Region
          ? RouteOptionOf<Kind> extends 'region'
            ? `use ${InsteadOf<Kind, Name>}: ${Name} does not serve this operation`
            : RouteOptionOf<Kind> extends 'platform'
              ? `use a platform, such as ${Examples[Name]}: ${Name} is a region`
              : `use a shard, such as eu or na: ${Name} is a region`
          : never

/**
 * The name of a route that is right for this kind, or else a text that says what to use: the compiler shows it when it refuses the name.
 */
export type RouteHint<Kind extends RouteKind, Given extends string> =
  Given extends RouteOf<Kind> ? Given : Advice<Kind, Lowercase<Given>>
