import type { buildConnector } from 'undici'
import type { Connect, Connecting } from './connect.ts'
import { DeadlineNode, type DeadlineList } from './deadline-list.ts'
import type { Clock } from '@sluice/core'

/** The `connect` limit ran out; becomes a `RequestTimeoutError` of the request that it was for. */
export class ConnectTimeout extends Error {
  readonly ms: number
  constructor(ms: number) {
    super(`no connection within ${ms} ms`)
    this.ms = ms
  }
}

/** Opening one socket within a time limit. Its callback is called exactly once, also when it is ended from outside. */
export class ConnectAttempt extends DeadlineNode {
  readonly #home: { readonly clock: Clock; readonly deadlines: DeadlineList }
  readonly #ms: number
  #callback: buildConnector.Callback | undefined
  #connecting: Connecting | undefined

  constructor(
    home: { readonly clock: Clock; readonly deadlines: DeadlineList },
    ms: number,
    callback: buildConnector.Callback,
  ) {
    super()
    this.#home = home
    this.#ms = ms
    this.#callback = callback
  }

  begin(connect: Connect, options: buildConnector.Options): void {
    const { clock, deadlines } = this.#home
    if (this.#ms !== 0 && this.#ms !== Infinity) deadlines.add(this, this.#ms, clock.now())
    this.#connecting = connect(options, (error, socket) => {
      const callback = this.#settle()
      // Ended meanwhile: nobody wants the socket any more.
      if (callback === undefined) socket?.on('error', () => {}).destroy()
      else if (error === null) callback(null, socket)
      else callback(error, null)
    })
  }

  /** Gives up. */
  end(reason: Error): void {
    const callback = this.#settle()
    this.#connecting?.destroy(reason)
    callback?.(reason, null)
  }

  override onDeadline(): void {
    this.end(new ConnectTimeout(this.#ms))
  }

  #settle(): buildConnector.Callback | undefined {
    this.#home.deadlines.remove(this)
    const callback = this.#callback
    this.#callback = undefined
    return callback
  }
}
