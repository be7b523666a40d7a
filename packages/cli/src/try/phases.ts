import type { EventListener } from '@sluice/core'
import { formatDuration } from '../progress/format.ts'

/** Collects how long the parts of one request took, in ms, from the events of its session. */
export class Phases {
  #connect: number | undefined
  #firstByte = 0
  #total = 0
  #waited = 0
  /** Until the first connection was begun: what there is to load. */
  #before: number | undefined
  #redirects = 0
  /** Of the body, as it came over the wire. */
  bytes = 0

  readonly onEvent: EventListener = (event) => {
    switch (event.type) {
      case 'httpConnect':
        this.#connect = (this.#connect ?? 0) + event.ms
        break
      case 'httpSent':
        this.#waited = event.waited
        this.#before ??= event.waited - (this.#connect ?? 0)
        break
      case 'httpFirstByte':
        this.#firstByte = event.ms
        break
      case 'httpRedirect':
        this.#redirects++
        break
      case 'httpEnd':
        this.#total = event.ms
        this.bytes = event.bytes
        break
      default:
    }
  }

  /** Lines of a name and a time. */
  lines(): string[] {
    const times: [string, number | undefined][] = [
      ['connect', this.#connect],
      ['first byte', this.#firstByte],
      ['download', Math.max(0, this.#total - this.#waited - this.#firstByte)],
      ['total', this.#total - (this.#before ?? 0)],
    ]
    return times
      .filter((pair): pair is [string, number] => pair[1] !== undefined)
      .map(([name, ms]) => {
        const note =
          name === 'connect'
            ? ', name look-up and TLS included'
            : name === 'total' && this.#redirects > 0
              ? `, ${this.#redirects} redirected`
              : ''
        return `${name.padEnd(12)}${formatDuration(ms)}${note}`
      })
  }
}
