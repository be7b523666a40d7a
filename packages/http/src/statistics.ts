/** What a session has done and what it is doing. Counts; a snapshot. */
export interface SessionStatistics {
  /** Connections that are open or being opened. */
  open: number
  /** Open connections with no request on them. */
  idle: number
  /** Requests that wait for a connection. */
  waiting: number
  /** Requests that went over a connection that had carried another before. */
  reused: number
  /** Bytes of response bodies, as they came over the wire. */
  bytes: number
  /** Requests handed to the transport: each attempt of a retry counts, redirects do not. */
  requests: number
  /** Of these: not yet done, failed (also by abort and time limit). */
  inFlight: number
  failed: number
  /** Connections that were established. */
  connected: number
  /** Requests that were sent again since the server had closed their keep-alive connection. */
  retried: number
}
