import { bufferedResponse, StatusError, type SessionRequest } from '@sluice/http'

/** The error for a response with this status. */
export function statusError(status: number, headers: Record<string, string> = {}, body = ''): StatusError {
  const response = bufferedResponse({
    request: {} as SessionRequest,
    status,
    headers,
    body: new Uint8Array(),
    url: 'http://h/',
  })
  const details = { method: 'GET', url: 'http://h/', code: 'HTTP_STATUS', status, headers: response.headers, body }
  return new StatusError(`GET http://h/: status ${status}`, details)
}
