import { createHash } from 'node:crypto'
import { HeaderList } from '../headers.ts'
import type { LimitScope, LimitedRequest } from './types.ts'

/** `https://host:port` of an absolute URL. */
export function originOf(url: string): string {
  const end = url.indexOf('/', 8)
  if (end >= 0) return url.slice(0, end)
  const query = url.indexOf('?', 8)
  return query < 0 ? url : url.slice(0, query)
}

/** Path of an absolute URL, without the query. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', 8)
  if (start < 0) return '/'
  const query = url.indexOf('?', start)
  return query < 0 ? url.slice(start) : url.slice(start, query)
}

/** Headers that say on whose behalf a request is sent, and so whose budget it uses. Cookies are not among them: they change too often. */
const IDENTITY_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-riot-token',
])

/** Short hashes of secrets, so that a secret is hashed once. Emptied when it grows. */
const hashes = new Map<string, string>()

/** 12 characters that stand for a secret and do not tell it. */
export function fingerprint(secret: string): string {
  let hash = hashes.get(secret)
  if (hash === undefined) {
    if (hashes.size >= 1000) hashes.clear()
    hash = createHash('sha256').update(secret).digest('base64url').slice(0, 12)
    hashes.set(secret, hash)
  }
  return hash
}

/** Stands for the credentials of a request without telling them; empty when there are none. */
export function identityOf({ headers }: LimitedRequest): string {
  // This is asked for each request: the list of a session is walked without making anything.
  if (headers instanceof HeaderList) {
    const { raw } = headers
    let identity = ''
    for (let i = 0; i < raw.length; i += 2) {
      const name = raw[i]!
      if (IDENTITY_HEADERS.has(name)) identity += fingerprint(raw[i + 1]!)
    }
    return identity
  }
  let identity = ''
  for (const name of IDENTITY_HEADERS) {
    const value = headers.get(name)
    if (value !== undefined) identity += fingerprint(value)
  }
  return identity
}

/** One budget per host and credentials. */
export const hostScope: LimitScope = { name: 'host', key: (_request, base) => base, probe: true, byRoute: true }

/** One budget per host, credentials, method and path template. Requests without a template draw on none of their own. */
export const routeScope: LimitScope = {
  name: 'route',
  key: (request, base) => (request.route === undefined ? undefined : `${base} ${request.method} ${request.route}`),
  probe: 'seen',
  byRoute: true,
}
