import { used } from '../../lib/used.mjs'

export * from '@sluice/core'

used()
