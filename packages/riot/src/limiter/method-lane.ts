import { Lane, type Ticket } from '@sluice/http/internal'
import type { RateScope } from './rate-scope.ts'

/** Those who wait for one method on one host; the urgent by themselves, since they may use the reserve. */
export class MethodLane extends Lane<Ticket> {
  readonly method: RateScope
  readonly urgent: boolean
  /** What its tickets are taken from, for those who look at them. */
  readonly names: readonly string[]
  /** Its method has no room, whatever the host has. */
  blocked = false

  constructor(app: RateScope, method: RateScope, urgent: boolean, onRing: (lane: MethodLane) => void) {
    super(method.name, app.name, [], (lane) => onRing(lane as MethodLane))
    this.method = method
    this.urgent = urgent
    this.names = [app.name, method.name]
  }
}
