// What the sister packages share with this one. Not a public entry: it may change in any release.
export { Alarms, type Alarm } from './limits/alarms.ts'
export { Heap, type HeapMember } from './limits/heap.ts'
export { Lane, LaneWaiter } from './limits/lane.ts'
export { fingerprint, originOf, pathOf } from './limits/scopes.ts'
export { SlidingWindow } from './limits/sliding-window.ts'
export { Ticket, type TicketOffice } from './limits/ticket.ts'
