import type { Dispatcher } from 'undici'
import type { Exchange } from './exchange.ts'

type Body = Exclude<Dispatcher.DispatchOptions['body'], undefined>

/** What undici is to send for the present hop of an exchange, over the route of its origin. */
export function dispatchOptions(exchange: Exchange): Dispatcher.DispatchOptions {
  const route = exchange.origin.route!
  let { headers } = exchange
  if (exchange.cookie !== '') headers = addCookie(headers, exchange.cookie)
  if (route.headers.length > 0) headers = [...route.headers, ...headers]
  return {
    path: route.pathPrefix === '' ? exchange.path : route.pathPrefix + exchange.path,
    method: exchange.method,
    headers: headers as string[],
    body: (exchange.body as Body | undefined) ?? null,
    // To undici this is only about order: otherwise it would send one POST after the other over HTTP/2.
    idempotent: true,
  }
}

/** User and password of a URL as a header; one of the caller's own comes first. */
export function withAuthorization(headers: readonly string[], user: string, password: string): readonly string[] {
  if (headers.some((name, i) => i % 2 === 0 && name === 'authorization')) return headers
  const pair = `${decodeURIComponent(user)}:${decodeURIComponent(password)}`
  return [...headers, 'authorization', `Basic ${Buffer.from(pair).toString('base64')}`]
}

/** The jar's cookies behind the caller's own: a request has one cookie header. */
function addCookie(headers: readonly string[], cookie: string): string[] {
  const all = [...headers]
  const at = all.findIndex((name, i) => i % 2 === 0 && name === 'cookie')
  if (at < 0) all.push('cookie', cookie)
  else all[at + 1] = `${all[at + 1]}; ${cookie}`
  return all
}
