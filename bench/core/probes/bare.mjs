import { used } from '../../lib/used.mjs'

used()
