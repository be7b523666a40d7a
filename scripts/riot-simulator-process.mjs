// A simulated Riot API in a process of its own: forked by riot-simulator.mjs with the options as JSON. It says its address, and tells its statistics when asked.

import { startSimulator } from '@sluice/riot-sim'

const server = await startSimulator(JSON.parse(process.argv[2] ?? '{}'))
process.send?.({ url: server.url })
process.on('message', () => process.send?.({ stats: server.simulator.stats() }))
process.on('disconnect', () => process.exit())
