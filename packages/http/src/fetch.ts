import { AbortLink } from '@sluice/core/internal'
import type { HeadersInput, RequestBody, RequestOptions, SessionResponse } from './types.ts'

/** What a fetch needs of a session. */
export type Send = (method: string, url: string | URL, options: RequestOptions) => Promise<SessionResponse>

/** Statuses without a body (WHATWG Fetch, null body status). */
const NULL_BODY = new Set([101, 103, 204, 205, 304])

/** `fetch` with the signature of WHATWG, over a session. Accepts Requests of any implementation, also the global one. */
export async function sessionFetch(
  send: Send,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = typeof input === 'object' && !(input instanceof URL) ? input : undefined
  // `null` takes the signal of the request away.
  const signal = (init?.signal === undefined ? request?.signal : init.signal) ?? undefined
  const body =
    init?.body ?? (request === undefined || request.body === null ? undefined : await bytesOf(request, signal))
  const method = init?.method ?? request?.method ?? 'GET'
  if (body !== undefined && body !== null && (method === 'GET' || method === 'HEAD'))
    throw new TypeError(`a ${method} request cannot have a body`)
  const headers = init?.headers ?? request?.headers
  try {
    const response = await send(method, request === undefined ? (input as string | URL) : request.url, {
      headers: headers as HeadersInput | undefined,
      body: body as RequestBody | undefined,
      signal,
      redirect: init?.redirect ?? request?.redirect,
      raiseForStatus: false,
    })
    return toResponse(response)
  } catch (error) {
    // What the caller aborted with comes back as it is, as fetch promises; everything else is a TypeError.
    if (signal?.aborted === true || error instanceof TypeError) throw error
    throw new TypeError('fetch failed', { cause: error })
  }
}

/** The body of a Request, all of it. Unlike its `arrayBuffer()` this ends with the signal, however long the body goes on. */
async function bytesOf(request: Request, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (request.bodyUsed) throw new TypeError('the body of the Request is used already')
  signal?.throwIfAborted()
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body!.getReader()
  const chunks: Uint8Array[] = []
  const onAbort = (reason: unknown): void => void reader.cancel(reason).catch(() => {})
  const link = signal === undefined ? undefined : new AbortLink(signal, { onAbort })
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value)
  } finally {
    link?.unlink()
  }
  signal?.throwIfAborted()
  return Buffer.concat(chunks)
}

function toResponse(source: SessionResponse): Response {
  const { status, statusText, headers, url, redirected } = source
  const empty = NULL_BODY.has(status) || source.request.method === 'HEAD'
  if (empty) void source.dump()
  const response = new Response(empty ? null : ReadableStream.from(source.body), {
    status: status < 600 ? status : 599,
    statusText,
    headers: [...headers],
  })
  return withFacts(response, { status, url, redirected })
}

/** What cannot be given to the constructor: URL, redirect, and a status such as 999, which some servers send. */
function withFacts(response: Response, facts: { status: number; url: string; redirected: boolean }): Response {
  const clone = response.clone.bind(response)
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value, enumerable: true })
  return Object.defineProperty(response, 'clone', { value: () => withFacts(clone(), facts) })
}
