import type * as RiftboundContentV1 from '../schemas/riftbound-content-v1.ts'
import { get } from './operation.ts'
import { text } from './parameter.ts'

/** Riot's operations for riftbound: one line each. */
export const riftbound = {
  riftboundContentV1: {
    /** The sets and cards of Riftbound. `locale`: default `en`. */
    getContent: get('accountRegion', '/riftbound/content/v1/contents', { query: { locale: text } })<
      [],
      RiftboundContentV1.RiftboundContentDTO
    >(),
  },
} as const
