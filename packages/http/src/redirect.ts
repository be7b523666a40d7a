import { RedirectError, TooManyRedirectsError } from './errors.ts'
import type { Exchange } from './exchange.ts'
import type { Credentials } from './redact.ts'
import type { HeadersLike, RequestBody } from './types.ts'

/** What the next hop asks for. */
export interface RedirectTarget {
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly body: RequestBody | undefined
}

/** Headers that describe a body that is no longer sent (WHATWG Fetch, HTTP-redirect fetch, step 12). */
const BODY_HEADERS = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
  'content-length',
])

/** What a redirect leads to; `undefined` when the response is to be handed over as it is. */
export function redirectTarget(exchange: Exchange, responseHeaders: HeadersLike): RedirectTarget | undefined {
  const { status, request, transport } = exchange
  if (status !== 301 && status !== 302 && status !== 303 && status !== 307 && status !== 308) return undefined
  if (request.redirect === 'manual') return undefined
  const location = responseHeaders.get('location')
  if (location === undefined) return undefined
  const { credentials } = transport.reading
  const shown = exchange.shownUrl()
  const details = { method: exchange.method, url: shown, status }
  const head = `${exchange.method} ${shown}: status ${status} redirects to`
  const target = resolve(location, exchange.url)
  if (target === undefined)
    throw new RedirectError(
      `${head} ${JSON.stringify(credentials.redactUrl(location).slice(0, 200))}, which is not an http: or https: URL`,
      {
        ...details,
        code: 'HTTP_REDIRECT_INVALID',
      },
    )
  if (request.redirect === 'error')
    throw new RedirectError(
      `${head} ${credentials.redactUrl(target.href)}, and redirects are not allowed (redirect: 'error')`,
      {
        ...details,
        code: 'HTTP_REDIRECT_FORBIDDEN',
      },
    )
  const { maxRedirects } = transport
  if (exchange.redirects >= maxRedirects)
    throw new TooManyRedirectsError(
      `${head} ${credentials.redactUrl(target.href)} after ${maxRedirects} redirects, the limit (maxRedirects)`,
      {
        ...details,
        code: 'HTTP_TOO_MANY_REDIRECTS',
        limit: maxRedirects,
      },
    )

  let { method, headers, body } = exchange
  const toGet =
    (status === 303 && method !== 'HEAD' && method !== 'GET') ||
    ((status === 301 || status === 302) && method === 'POST')
  if (toGet) {
    method = 'GET'
    body = undefined
    headers = without(headers, (name) => BODY_HEADERS.has(name))
  } else if (body !== undefined && !request.replayable)
    throw new RedirectError(
      `${head} ${credentials.redactUrl(target.href)}, but the body is a stream, which cannot be sent twice`,
      {
        ...details,
        code: 'HTTP_REDIRECT_STREAM',
      },
    )
  if (target.origin !== new URL(exchange.url).origin) {
    headers = without(headers, (name) => name === 'host' || credentials.isHeader(name))
    dropQuery(target, transport.query, credentials)
  }
  target.hash = ''
  return { method, url: target.href, headers, body }
}

function resolve(location: string, base: string): URL | undefined {
  // Header bytes come as Latin-1, while servers that do not escape a location write UTF-8 (WHATWG Fetch, location URL).
  const text = /[\x80-\xff]/.test(location) ? Buffer.from(location, 'latin1').toString('utf8') : location
  let url: URL
  try {
    url = new URL(text, base)
  } catch {
    return undefined
  }
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
}

function without(headers: readonly string[], drop: (name: string) => boolean): string[] {
  const rest: string[] = []
  for (let i = 0; i < headers.length; i += 2) if (!drop(headers[i]!)) rest.push(headers[i]!, headers[i + 1]!)
  return rest
}

/** A location that repeats the session's own API key does not carry it to another origin. */
function dropQuery(target: URL, query: URLSearchParams, credentials: Credentials): void {
  for (const [name, value] of query) if (credentials.isQuery(name)) target.searchParams.delete(name, value)
}
