import { StatusError } from './errors.ts'
import type { Credentials } from './redact.ts'
import type { SessionResponse } from './types.ts'

/** Characters of the body that a `StatusError` keeps. */
const STATUS_BODY = 65_536

/** The error for a status of 400 or above, with the beginning of the body. */
export async function statusError(response: SessionResponse, credentials: Credentials): Promise<StatusError> {
  const { method } = response.request
  const url = credentials.redactUrl(response.url)
  let body = ''
  try {
    body = (await response.text()).slice(0, STATUS_BODY)
  } catch {
    // The status says more than the reason for which its explanation could not be read.
  }
  return new StatusError(
    `${method} ${url}: status ${response.status}${response.statusText === '' ? '' : ` ${response.statusText}`}`,
    {
      method,
      url,
      code: 'HTTP_STATUS',
      status: response.status,
      headers: response.headers,
      body,
    },
  )
}
