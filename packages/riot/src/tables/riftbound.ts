import { get } from '@sluice/http'
import type * as RiftboundContentV1 from '../schemas/riftbound-content-v1.ts'

/** Riot's operations for riftbound: one line each. */
export const riftbound = {
  riftboundContentV1: {
    getContent: get('accountRegion', '/riftbound/content/v1/contents')<
      RiftboundContentV1.RiftboundContentDTO,
      { locale?: string }
    >,
  },
} as const
