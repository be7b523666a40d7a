import { Writable } from 'node:stream'
import type { ProgressDisplay } from '../progress/progress-display.ts'
import type { OutputStream } from '../surroundings.ts'

/** Standard output, with room made on the terminal before something is written. */
export function clearing(stdout: OutputStream, display: ProgressDisplay): Writable {
  return new Writable({
    // What waits here waits for whoever reads standard output.
    highWaterMark: 1,
    write: (chunk: Uint8Array, _, done) => {
      display.clear()
      stdout.write(chunk, done)
    },
  })
}
