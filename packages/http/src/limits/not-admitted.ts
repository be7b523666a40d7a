/**
 * `next` rejects with this when `request.admit` said no at the instant of sending: nothing was sent, the connection went to the
 * next in line. The middleware that set `admit` catches it and waits for its turn again; nobody else ever sees it.
 */
export class NotAdmittedError extends Error {
  override readonly name: string = 'NotAdmittedError'
  constructor() {
    super('The request was held back at the instant of sending: its rate limit is paused. Nothing was sent')
  }
}
