import { show } from '@sluice/core/internal'
import type { QueryInput, QueryValue } from './types.ts'

/** Anything in a path or query that `new URL` would change: then the URL takes the slow way through it. */
const NEEDS_NORMALISING = /[^!-~]|["#'<>\\^`{|}]|\/\.|\/%2e/i

/** `name=value&…` of a query, without the question mark; empty if nothing is left. */
export function encodeQuery(query: QueryInput | undefined, option = 'params'): string {
  if (query === undefined) return ''
  if (query instanceof URLSearchParams) return query.toString()
  if (query === null || typeof query !== 'object' || Array.isArray(query))
    throw new TypeError(`${option} must be an object or URLSearchParams, not ${show(query)}`)
  let text = ''
  for (const name of Object.keys(query)) {
    const value = query[name]
    if (Array.isArray(value)) {
      for (const one of value as readonly QueryValue[]) text += pair(option, name, one)
    } else text += pair(option, name, value as QueryValue)
  }
  return text.slice(1)
}

function pair(option: string, name: string, value: QueryValue): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(
      `${option}.${name} must be a string, number, bigint or boolean, or an array of these, not ${show(value)}`,
    )
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${option}.${name} must be a finite number, not ${value}`)
  return `&${encode(name)}=${encode(String(value))}`
}

/** Half of a surrogate pair, which UTF-8 cannot hold, becomes the replacement character, as in `new URL`. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
}

/** Turns what callers write into absolute URLs. The base and the default query are taken apart once. */
export class UrlResolver {
  /** Origin and path of the base without a slash at its end. */
  readonly #base: string | undefined
  readonly #origin: string | undefined
  readonly #query: string
  /** Of the default query what may go to another origin than the base's. */
  readonly #publicQuery: string

  /** @param isSecret Names of the query that no other origin than the base's may see. */
  constructor(
    baseUrl: string | URL | undefined,
    query: QueryInput | undefined,
    isSecret: (name: string) => boolean = () => false,
  ) {
    this.#query = encodeQuery(query, 'query')
    const open = [...new URLSearchParams(this.#query)].filter(([name]) => !isSecret(name))
    this.#publicQuery = new URLSearchParams(open).toString()
    if (baseUrl === undefined) return
    let base: URL
    try {
      base = new URL(baseUrl)
    } catch {
      throw new TypeError(`baseUrl must be an absolute http: or https: URL, not ${show(baseUrl)}`)
    }
    if (base.protocol !== 'http:' && base.protocol !== 'https:')
      throw new TypeError(`baseUrl must be an absolute http: or https: URL, not one of ${base.protocol}`)
    if (base.search !== '' || base.hash !== '')
      throw new TypeError(
        'baseUrl must have no query and no fragment: use the option query for parameters of every request',
      )
    this.#base = base.href.replace(/\/+$/, '')
    this.#origin = base.origin
  }

  /** True when an absolute URL leads to another origin than the base's: nothing secret of the session is to go there. */
  isForeign(url: string): boolean {
    const base = this.#base
    if (base === undefined) return false
    const next = url.startsWith(base) ? url.charAt(base.length) : undefined
    if (next === '/' || next === '?' || next === '') return false
    return !URL.canParse(url) || new URL(url).origin !== this.#origin
  }

  /** The absolute URL of a request, with the session's query, the URL's own and `params`, in this order. */
  resolve(input: string | URL, params: QueryInput | undefined): string {
    let url: string
    if (typeof input !== 'string') {
      if (!(input instanceof URL)) throw new TypeError(`url must be a string or a URL, not ${show(input)}`)
      url = input.href
    } else if (input.startsWith('http://') || input.startsWith('https://')) url = input
    else if (this.#base === undefined || /^[a-z][a-z0-9+.-]*:/i.test(input)) url = this.#other(input)
    else if (input === '' || input.charCodeAt(0) === 47 /* / */ || input.charCodeAt(0) === 63 /* ? */)
      url = this.#base + input
    else url = `${this.#base}/${input}`
    if (this.#query !== '' || params !== undefined) {
      const defaults = this.isForeign(url) ? this.#publicQuery : this.#query
      url = addQuery(url, defaults, encodeQuery(params))
    }
    const path = url.indexOf('/', 8)
    return path < 0 || NEEDS_NORMALISING.test(path === 0 ? url : url.slice(path)) ? normalise(url) : url
  }

  #other(input: string): string {
    if (/^https?:/i.test(input)) return normalise(input)
    if (this.#base === undefined)
      throw new TypeError(`url must be absolute (http: or https:) since the session has no baseUrl, not ${show(input)}`)
    // `users:batch` is a relative path with a colon, not a scheme of ours; anything with `://` is.
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) throw new TypeError(`url must be http: or https:, not ${show(input)}`)
    return `${this.#base}/${input}`
  }
}

function addQuery(url: string, first: string, last: string): string {
  const hash = url.indexOf('#')
  const bare = hash < 0 ? url : url.slice(0, hash)
  const question = bare.indexOf('?')
  const own = question < 0 ? '' : bare.slice(question + 1)
  const query = [first, own, last].filter((part) => part !== '').join('&')
  const path = question < 0 ? bare : bare.slice(0, question)
  return query === '' ? path : `${path}?${query}`
}

function normalise(url: string): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch (cause) {
    throw new TypeError('url is not a valid URL', { cause })
  }
  parsed.hash = ''
  return parsed.href
}
