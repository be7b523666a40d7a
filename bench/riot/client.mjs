// One client over HTTP, in a process of its own. `redirect.mjs` has been loaded before.
import { once } from 'node:events'

import { prepare, work } from './work.mjs'

const [{ name, scenario, subjects }] = await once(process, 'message')
const result = await work(await prepare(name), scenario, subjects)
process.send(result, () => process.exit())
