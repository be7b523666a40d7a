import { charsetOf, decodeText } from './charset.ts'
import { StatusError } from './errors.ts'
import type { Credentials } from './redact.ts'
import type { SessionResponse } from './types.ts'

/** Bytes of the body that a `StatusError` keeps; the rest is not even read. */
const STATUS_BODY = 65_536

/** The error for a status of 400 or above, with the beginning of the body. */
export async function statusError(response: SessionResponse, credentials: Credentials): Promise<StatusError> {
  const { method } = response.request
  const url = credentials.redactUrl(response.url)
  let body = ''
  try {
    body = await beginning(response)
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

async function beginning(response: SessionResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= STATUS_BODY) break
  }
  const bytes = Buffer.concat(chunks).subarray(0, STATUS_BODY)
  return decodeText(bytes, charsetOf(response.headers.get('content-type')))
}
