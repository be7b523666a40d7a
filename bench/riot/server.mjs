// The simulator of one scenario behind HTTP, in a process of its own.
import { once } from 'node:events'

import { RiotSimulator, createTransport, startSimulator } from '../../packages/riot-sim/dist/index.js'
import { simulatorOptions, subjects } from './world.mjs'

process.on('disconnect', () => process.exit())
const [scenario] = await once(process, 'message')
const options = simulatorOptions(scenario)
// The same world without limits and latency, to look around in.
const calm = new RiotSimulator({ ...options, latency: 'none', faults: [], keys: unlimited(options.keys) })
const found = await subjects(calm, createTransport(calm), scenario)
const { port, simulator } = await startSimulator(options)
process.on('message', (message) => {
  if (message === 'stats') process.send(simulator.stats())
})
process.send({ port, subjects: found })

function unlimited(keys) {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, { app: '1000000:1', methods: { '*': '1000000:1' } }]))
}
