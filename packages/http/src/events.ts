/** Fields that every event of a request has. No field holds a credential. */
interface RequestEventBase {
  /** `clock.now()` in ms. */
  time: number
  /** Name of the session. */
  source: string | undefined
  /** Number of the request in its session, from 1. */
  id: number
  method: string
  /** Without credentials. */
  url: string
  /** Template of the path, if the caller gave one. */
  route: string | undefined
  /** 1 for the first attempt. */
  attempt: number
}

declare module '@sluice/core' {
  interface SluiceEventMap {
    /** Every connection is taken: the request waits for one, as one of `waiting`. */
    httpQueued: RequestEventBase & { type: 'httpQueued'; waiting: number }
    /** A connection was made for the request, TLS and proxy included, in `ms`. */
    httpConnect: RequestEventBase & { type: 'httpConnect'; ms: number; origin: string; http2: boolean }
    /** The request goes out, `waited` ms after it was handed in, over a connection that had carried another one or not. */
    httpSent: RequestEventBase & { type: 'httpSent'; waited: number; reused: boolean }
    /** The head of the response is there, `ms` after the request went out. */
    httpFirstByte: RequestEventBase & { type: 'httpFirstByte'; status: number; ms: number }
    /** A redirect is followed to `location`. */
    httpRedirect: RequestEventBase & { type: 'httpRedirect'; status: number; location: string }
    /** The request is over, `ms` after it was handed in, `bytes` of body received. `status` is 0 without a response. */
    httpEnd: RequestEventBase & {
      type: 'httpEnd'
      status: number
      ok: boolean
      ms: number
      bytes: number
      error: unknown
    }
  }
}

/** The events of a session, by their `type`. */
export type HttpEventType = 'httpQueued' | 'httpConnect' | 'httpSent' | 'httpFirstByte' | 'httpRedirect' | 'httpEnd'
