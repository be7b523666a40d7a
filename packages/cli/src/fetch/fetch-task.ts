import { createHash } from 'node:crypto'
import type { PermitSource } from '@sluice/core'
import type { Session, SessionResponse } from '@sluice/http'
import type { Outcome, RunContext, Selection } from '@sluice/runs'
import { oneLine } from '../output/one-line.ts'
import { recordLine, statusOf } from '../output/record.ts'
import { SendWatch, type Call } from '../job/send-watch.ts'
import type { PlannedRequest } from '../request-plan.ts'
import type { Secrets } from '../secrets.ts'
import type { FetchItem } from './fetch-item.ts'

/** Where a request keeps its call. */
const CALL = 'sluice.call'

/** Notices when the requests of a fetch go out. */
export function fetchWatch(): SendWatch {
  return new SendWatch(({ context }) => context[CALL] as Call | undefined)
}

/** What a fetch of items is made of. */
export interface FetchTaskParts {
  readonly plan: (item: FetchItem) => PlannedRequest
  readonly session: Session
  /** Notices when requests go out. */
  readonly watch: SendWatch
  /** Gives a turn at the host of a URL, if hosts have limits of their own. */
  readonly host: ((url: string) => PermitSource) | undefined
  /** `json` takes nothing else, `text` takes anything. */
  readonly body: 'json' | 'text'
  readonly selection: Selection | undefined
  /** Lines are the bodies alone. */
  readonly bodyOnly: boolean
  readonly secrets: Secrets
}

/** What is known of a request that was made. */
interface Made {
  readonly key: string
  readonly url: string
  /** 0 if no response came. */
  readonly status: number
  /** Of the request alone, without waiting for a turn at its host. */
  readonly ms: number
}

/** What came back. */
export interface Fetched extends Made {
  /** JSON in one line. */
  readonly data: string
}

/** Makes the request of an item, and the line of its outcome. */
export class FetchTask {
  readonly #parts: FetchTaskParts
  /** What is known of a failure beside its error. */
  readonly #failures = new WeakMap<object, Made>()

  constructor(parts: FetchTaskParts) {
    this.#parts = parts
  }

  readonly run = async (item: FetchItem, { runSignal, key: id }: RunContext<FetchItem>): Promise<Fetched> => {
    const { plan, host, session, watch } = this.#parts
    const { key, method, url, headers, body } = plan(item)
    const permit = await host?.(url).acquire(runSignal)
    const call = watch.begin(id)
    // Without waiting for a limit.
    const took = (): number => performance.now() - (call.sentAt ?? call.begun)
    let status = 0
    try {
      const response = await session.request(method, url, {
        // One signal for all: nothing but the end of the run aborts an attempt.
        signal: runSignal,
        context: { [CALL]: call },
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      })
      status = response.status
      const data = await this.#read(response, method)
      return { key, url, status, ms: took(), data }
    } catch (error) {
      if (typeof error === 'object' && error !== null) {
        this.#failures.set(error, { key, url, status, ms: took() })
      }
      throw error
    } finally {
      watch.end(call)
      permit?.release()
    }
  }

  /** The line of an outcome; undefined if it has none. */
  readonly line = (outcome: Outcome<FetchItem, Fetched>): string | undefined => {
    const { plan, secrets, bodyOnly } = this.#parts
    const { index, attempts } = outcome
    const ok = outcome.status === 'fulfilled'
    // The data has been masked already, and is most of the line.
    if (bodyOnly) return ok ? outcome.value.data : undefined
    const error: unknown = ok ? undefined : outcome.reason
    const known = ok ? outcome.value : this.#failures.get(error as object)
    const { key, url } = known ?? plan(outcome.item)
    return recordLine(
      {
        index,
        key,
        url: secrets.maskUrl(url),
        status: ok ? outcome.value.status : statusOf(error) || (known?.status ?? 0),
        attempts,
        ms: known?.ms ?? outcome.ms,
        data: ok ? outcome.value.data : undefined,
        error,
      },
      (text) => secrets.mask(text),
    )
  }

  /** The body as JSON in one line. */
  async #read(response: SessionResponse, method: string): Promise<string> {
    const { body, selection, secrets } = this.#parts
    if (method === 'HEAD' || response.status === 204 || response.status === 304) {
      await response.dump()
      return 'null'
    }
    if (body === 'text') return secrets.mask(JSON.stringify(await response.text()))
    const data = await response.json()
    return secrets.mask(selection === undefined ? oneLine(await response.text()) : JSON.stringify(selection(data)))
  }
}

/** What tells a request from the others of the run: its key, and for an item that says how it is made, what it says. */
export function requestKey(item: FetchItem, { key, method, headers, body }: PlannedRequest): string {
  const own = typeof item === 'object' && 'key' in item
  const plain = typeof item === 'string' || Array.isArray(item) || own
  if (plain || !('method' in item || 'headers' in item || 'body' in item)) return key
  const text = JSON.stringify([method, headers, body])
  return `${key} ${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
