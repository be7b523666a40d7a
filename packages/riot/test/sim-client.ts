import { VirtualClock } from '@sluice/core/testing'
import { PRODUCTION_KEY, RiotSimulator, createFetch, type SimulatorOptions } from '@sluice/riot-sim'
import type { NotFound } from '../src/client/call-options.ts'
import type { RiotClientOptions } from '../src/client/riot-client-options.ts'
import { RiotClient } from '../src/client/riot-client.ts'

/** A client of a simulator, both on one virtual clock. */
export interface SimClient<Default extends NotFound> {
  readonly clock: VirtualClock
  readonly simulator: RiotSimulator
  readonly riot: RiotClient<Default>
  /** Runs `body` while the clock goes on, then closes the client. */
  run<T>(body: (riot: RiotClient<Default>) => Promise<T>): Promise<T>
}

/** Connects a client with a simulator, without sockets. */
export function simClient<Default extends NotFound = 'throw'>(
  options: Partial<RiotClientOptions<Default>> = {},
  simulation: SimulatorOptions = {},
): SimClient<Default> {
  const clock = new VirtualClock()
  const simulator = new RiotSimulator({ clock, latency: 'near', ...simulation })
  const riot = new RiotClient<Default>({ apiKey: PRODUCTION_KEY, clock, fetch: createFetch(simulator), ...options })
  return {
    clock,
    simulator,
    riot,
    run: (body) =>
      clock.run(async () => {
        try {
          return await body(riot)
        } finally {
          await riot.close()
        }
      }),
  }
}
