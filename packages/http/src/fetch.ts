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
  const signal = init?.signal ?? request?.signal ?? undefined
  const body = init?.body ?? (request === undefined || request.body === null ? undefined : await request.arrayBuffer())
  const method = init?.method ?? request?.method ?? 'GET'
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

function toResponse(source: SessionResponse): Response {
  const { status, statusText, headers, url, redirected } = source
  const empty = NULL_BODY.has(status) || source.request.method === 'HEAD'
  if (empty) void source.dump()
  const response = new Response(empty ? null : ReadableStream.from(source.body), {
    status,
    statusText,
    headers: [...headers],
  })
  return withUrl(response, url, redirected)
}

/** `url` and `redirected` cannot be given to the constructor. */
function withUrl(response: Response, url: string, redirected: boolean): Response {
  const clone = response.clone.bind(response)
  return Object.defineProperties(response, {
    url: { value: url, enumerable: true },
    redirected: { value: redirected, enumerable: true },
    clone: { value: () => withUrl(clone(), url, redirected) },
  })
}
