import { bufferedResponse } from '../src/buffered-response.ts'
import { HeaderList } from '../src/headers.ts'
import type { HeadersInput, SessionRequest, SessionResponse } from '../src/types.ts'

/** A request as a session makes it, for middleware that is tested without one. */
export function fakeRequest(
  overrides: Partial<Omit<SessionRequest, 'headers'>> & { headers?: HeadersInput } = {},
): SessionRequest {
  const { headers, ...rest } = overrides
  return {
    method: 'GET',
    url: 'https://api.example/users/1',
    route: undefined,
    headers: HeaderList.from(headers),
    body: undefined,
    replayable: true,
    idempotent: true,
    signal: undefined,
    scope: undefined,
    timeout: undefined,
    deadline: undefined,
    redirect: 'follow',
    attempt: 1,
    parseJson: undefined,
    source: undefined,
    context: {},
    ...rest,
  }
}

/** An answer from memory; `dumped` counts how often it was thrown away. */
export function fakeResponse(
  request: SessionRequest,
  status = 200,
  headers: Record<string, string> = {},
  body = '{}',
): SessionResponse & { dumped: number } {
  const response = bufferedResponse({ request, status, headers, body: Buffer.from(body) })
  return Object.assign(response, {
    dumped: 0,
    dump(this: { dumped: number }) {
      this.dumped++
      return Promise.resolve()
    },
  })
}
